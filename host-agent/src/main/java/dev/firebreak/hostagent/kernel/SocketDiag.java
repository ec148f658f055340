package dev.firebreak.hostagent.kernel;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.firebreak.hostagent.deny.Prefix;
import dev.firebreak.hostagent.deny.Protocol;
import dev.firebreak.hostagent.deny.Session;
import dev.firebreak.hostagent.deny.View;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The kernel's list of sockets in the current network namespace (NETLINK_SOCK_DIAG), and their
/// end.
final class SocketDiag implements AutoCloseable {

    /// A live session, the cgroup its socket was born in, and the kernel's own name for it.
    record Socket(Session session, long cgroup, Handle handle) {}

    record Handle(int family, int protocol, List<Byte> id) {}

    private record Listed(int family, int protocol, int state, MemorySegment id, long cgroup) {}

    private static final ValueLayout.OfShort PORT = JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int AF_NETLINK = 16;
    private static final int SOCK_RAW_CLOEXEC = 3 | 0x80000;
    private static final int NETLINK_SOCK_DIAG = 4;
    private static final int BY_FAMILY = 20;
    private static final int DESTROY = 21;
    private static final int REQUEST = 1;
    private static final int ACK = 4;
    private static final int DUMP = 0x300;
    private static final int MESSAGE_ERROR = 2;
    private static final int MESSAGE_DONE = 3;
    private static final int HEADER = 16;
    private static final int REQUEST_SIZE = 72;
    private static final int ID_SIZE = 48;
    private static final int MESSAGE_SIZE = 72;
    private static final int CGROUP_ID = 21;
    private static final int LISTEN = 10;
    private static final int ESTABLISHED = 1;
    private static final int TIME_WAIT = 6;
    private static final int CLOSE = 7;
    private static final int EVERY_STATE = -1 & ~(1 << TIME_WAIT);
    private static final int BUFFER = 1 << 18;
    private static final int MOST_MESSAGES = 1_000_000;

    /// The kernel answers at once; whoever waits here keeps the verifier from all else.
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment buffer = arena.allocate(BUFFER, 8);
    private final int socket = Libc.socket(AF_NETLINK, SOCK_RAW_CLOEXEC, NETLINK_SOCK_DIAG);

    SocketDiag() {
        if (socket < 0) {
            arena.close();
            throw new BpfFailure("opening sock_diag", -socket);
        }
        int bounded = Libc.receiveWithin(socket, ANSWER_WITHIN);
        if (bounded < 0) {
            close();
            throw new BpfFailure("bounding sock_diag's answers", -bounded);
        }
    }

    List<Socket> sessions() {
        List<Socket> sessions = new ArrayList<>();
        for (Protocol protocol : List.of(Protocol.TCP, Protocol.UDP)) {
            List<Listed> listed = new ArrayList<>(list(AF_INET, protocol.code()));
            listed.addAll(list(AF_INET6, protocol.code()));
            Set<Integer> listening = new HashSet<>();
            listed.stream()
                    .filter(l -> l.state() == LISTEN)
                    .forEach(l -> listening.add(port(l, 0)));
            listed.stream()
                    .filter(l ->
                            protocol == Protocol.TCP
                                    ? l.state() != LISTEN && l.state() != CLOSE
                                    : l.state() == ESTABLISHED)
                    .forEach(l -> sessions.add(socket(l, protocol, listening)));
        }
        return sessions;
    }

    private static Socket socket(Listed l, Protocol protocol, Set<Integer> listening) {
        int local = port(l, 0);
        Optional<View> opened =
                protocol == Protocol.TCP
                        ? Optional.of(listening.contains(local) ? View.SERVED : View.OPENED)
                        : Optional.empty();
        List<Byte> id = new ArrayList<>(ID_SIZE);
        for (byte b : l.id().toArray(JAVA_BYTE)) {
            id.add(b);
        }
        return new Socket(
                new Session(protocol, peer(l), local, port(l, 2), opened),
                l.cgroup(),
                new Handle(l.family(), l.protocol(), id));
    }

    /// True when the kernel ended the session; it may have ended by itself meanwhile.
    boolean destroy(Socket doomed) {
        Handle handle = doomed.handle();
        MemorySegment request = request(DESTROY, REQUEST | ACK, handle.family(), handle.protocol());
        for (int i = 0; i < ID_SIZE; i++) {
            request.set(JAVA_BYTE, HEADER + 8 + i, handle.id().get(i));
        }
        send(request);
        long size = Libc.receive(socket, buffer);
        return size >= HEADER + 4
                && buffer.get(JAVA_SHORT, 4) == MESSAGE_ERROR
                && buffer.get(JAVA_INT, HEADER) == 0;
    }

    private List<Listed> list(int family, int protocol) {
        send(request(BY_FAMILY, REQUEST | DUMP, family, protocol));
        List<Listed> listed = new ArrayList<>();
        for (int received = 0; received < MOST_MESSAGES; received++) {
            long size = Libc.receive(socket, buffer);
            if (size < 0) {
                throw new BpfFailure("listing sockets", (int) -size);
            }
            long at = 0;
            while (at + HEADER <= size) {
                int length = buffer.get(JAVA_INT, at);
                int type = buffer.get(JAVA_SHORT, at + 4);
                if (type == MESSAGE_DONE) {
                    return listed;
                }
                if (type == MESSAGE_ERROR) {
                    throw new BpfFailure("listing sockets", -buffer.get(JAVA_INT, at + HEADER));
                }
                listed.add(read(at + HEADER, at + length, protocol));
                at += (length + 3) & ~3;
            }
        }
        throw new IllegalStateException("a socket list without end");
    }

    private Listed read(long at, long end, int protocol) {
        long cgroup = 0;
        long attribute = at + MESSAGE_SIZE;
        while (attribute + 4 <= end) {
            int length = Short.toUnsignedInt(buffer.get(JAVA_SHORT, attribute));
            if (length < 4) {
                break;
            }
            if (buffer.get(JAVA_SHORT, attribute + 2) == CGROUP_ID) {
                cgroup = buffer.get(JAVA_LONG_UNALIGNED, attribute + 4);
            }
            attribute += (length + 3) & ~3;
        }
        MemorySegment id = Arena.ofAuto().allocate(ID_SIZE, 8);
        id.copyFrom(buffer.asSlice(at + 4, ID_SIZE));
        return new Listed(
                buffer.get(JAVA_BYTE, at), protocol, buffer.get(JAVA_BYTE, at + 1), id, cgroup);
    }

    private static int port(Listed l, int offset) {
        return Short.toUnsignedInt(l.id().get(PORT, offset));
    }

    private static Prefix peer(Listed l) {
        int size = l.family() == AF_INET ? 4 : 16;
        try {
            return Prefix.of(InetAddress.getByAddress(l.id().asSlice(20, size).toArray(JAVA_BYTE)));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 or 16 bytes are an address", e);
        }
    }

    private MemorySegment request(int type, int flags, int family, int protocol) {
        MemorySegment request = buffer.asSlice(0, REQUEST_SIZE);
        request.fill((byte) 0);
        request.set(JAVA_INT, 0, REQUEST_SIZE);
        request.set(JAVA_SHORT, 4, (short) type);
        request.set(JAVA_SHORT, 6, (short) flags);
        request.set(JAVA_BYTE, HEADER, (byte) family);
        request.set(JAVA_BYTE, HEADER + 1, (byte) protocol);
        request.set(JAVA_INT, HEADER + 4, EVERY_STATE);
        return request;
    }

    private void send(MemorySegment request) {
        long sent = Libc.send(socket, request);
        if (sent < 0) {
            throw new BpfFailure("asking sock_diag", (int) -sent);
        }
    }

    @Override
    public void close() {
        Libc.close(socket);
        arena.close();
    }
}
