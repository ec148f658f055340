package dev.firebreak.whole;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/// What runs inside a test's cgroup: told on standard input what to do on the network, one line a
/// command, and answering in one line. New connects are made by connect(2) itself, so that the
/// answer is the kernel's own error number.
final class Caller {

    private static final int PATIENCE_MILLIS = 400;
    private static final Duration WATCH_EVERY = Duration.ofMillis(1);
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int SOCK_STREAM = 1;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final MemoryLayout ERRNO = Linker.Option.captureStateLayout();

    private static final MethodHandle SOCKET =
            call("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle CONNECT =
            call("connect", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle CLOSE =
            call("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

    private final Map<String, Socket> sessions = new HashMap<>();

    private Caller() {}

    public static void main(String[] arguments) throws IOException {
        var caller = new Caller();
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.out.println("ready");
        for (var line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(caller.answer(line.split(" ", -1)));
        }
    }

    private String answer(String[] words) {
        try {
            return switch (words[0]) {
                case "connect" -> connect(words[1], Integer.parseInt(words[2]));
                case "watch" ->
                        watch(words[1], Integer.parseInt(words[2]), Long.parseLong(words[3]));
                case "lapses" ->
                        Lapses.watch(
                                Path.of(words[1]),
                                Long.parseLong(words[3]),
                                to -> errno(to, Integer.parseInt(words[2])));
                case "open" -> open(words[1], words[2], Integer.parseInt(words[3]));
                case "echo" -> echo(words[1]);
                case "datagram" -> datagram(words[1], Integer.parseInt(words[2]));
                case "listen" -> listen(words[1]);
                default -> "unknown command " + words[0];
            };
        } catch (IOException failure) {
            return String.valueOf(failure.getMessage()).replace('\n', ' ');
        }
    }

    /// The error number of a new connect, 0 when it went through, and how many microseconds it
    /// took.
    private static String connect(String address, int port) throws IOException {
        var to = InetAddress.getByName(address);
        var began = System.nanoTime();
        var errno = errno(to, port);
        return errno + " " + (System.nanoTime() - began) / 1_000;
    }

    /// Connects until it goes through or the instant has come: when the last refused call began,
    /// and when the first allowed one ended; in milliseconds since 1970, 0 for never.
    private static String watch(String address, int port, long untilMillis) throws IOException {
        var to = InetAddress.getByName(address);
        var refused = 0L;
        for (var now = System.currentTimeMillis();
                now < untilMillis;
                now = System.currentTimeMillis()) {
            if (errno(to, port) == 0) {
                return refused + " " + System.currentTimeMillis();
            }
            refused = now;
            LockSupport.parkNanos(WATCH_EVERY.toNanos());
        }
        return refused + " 0";
    }

    private String open(String name, String address, int port) throws IOException {
        var session = new Socket();
        session.connect(new InetSocketAddress(address, port), PATIENCE_MILLIS);
        session.setSoTimeout(PATIENCE_MILLIS);
        sessions.put(name, session);
        return "ok";
    }

    /// `ok`, `end`, `silence` or what the kernel said.
    private String echo(String name) throws IOException {
        var session = sessions.get(name);
        if (session == null) {
            return "no session " + name;
        }
        session.getOutputStream().write('x');
        try {
            return session.getInputStream().read() == 'x' ? "ok" : "end";
        } catch (SocketTimeoutException _) {
            return "silence";
        }
    }

    /// `ok`, `silence` or what the kernel said.
    private static String datagram(String address, int port) throws IOException {
        try (var socket = new DatagramSocket()) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            var datagram = new DatagramPacket(new byte[] {'x'}, 1);
            datagram.setSocketAddress(new InetSocketAddress(address, port));
            socket.send(datagram);
            socket.receive(datagram);
            return "ok";
        } catch (SocketTimeoutException _) {
            return "silence";
        }
    }

    private static String listen(String address) throws IOException {
        return Integer.toString(Echo.serve(address, 0));
    }

    private static int errno(InetAddress to, int port) {
        var raw = to.getAddress();
        var family = raw.length == 4 ? AF_INET : AF_INET6;
        try (var arena = Arena.ofConfined()) {
            var state = arena.allocate(ERRNO);
            var socket = (int) SOCKET.invokeExact(state, family, SOCK_STREAM, 0);
            var address = socketAddress(arena, family, raw, port);
            var result =
                    (int) CONNECT.invokeExact(state, socket, address, (int) address.byteSize());
            var errno = result == 0 ? 0 : state.get(JAVA_INT, 0);
            var closed = (int) CLOSE.invokeExact(state, socket);
            return closed == 0 ? errno : state.get(JAVA_INT, 0);
        } catch (Throwable broken) {
            throw new IllegalStateException(broken);
        }
    }

    /// A sockaddr_in or sockaddr_in6.
    private static MemorySegment socketAddress(Arena arena, int family, byte[] raw, int port) {
        var address = arena.allocate(family == AF_INET ? 16 : 28, 4);
        address.set(JAVA_SHORT, 0, (short) family);
        address.set(JAVA_BYTE, 2, (byte) (port >> 8));
        address.set(JAVA_BYTE, 3, (byte) port);
        MemorySegment.copy(raw, 0, address, JAVA_BYTE, family == AF_INET ? 4 : 8, raw.length);
        return address;
    }

    // Calling libc is the point of this class.
    @SuppressWarnings("restricted")
    private static MethodHandle call(String name, FunctionDescriptor shape) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name),
                shape,
                Linker.Option.captureCallState("errno"));
    }
}
