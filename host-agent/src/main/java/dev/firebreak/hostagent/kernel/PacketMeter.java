package dev.firebreak.hostagent.kernel;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.net.Inet4Address;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/// What a packet that is let through pays, measured by the kernel itself: our program against the
/// maps of an open enforcer, and beside it the least that any program with a map pays, one lookup.
public final class PacketMeter implements AutoCloseable {

    private static final int ETHERNET = 14;
    private static final int IPV4 = 20;
    private static final int TCP = 20;
    private static final int ACK = 16;
    private static final int HASH = 1;
    private static final int WORD = 8;
    private static final int PASS = 1;

    private final BpfMap lookedUp;
    private final int minimal;
    private final int ours;

    private PacketMeter(BpfMap lookedUp, int minimal, int ours) {
        this.lookedUp = lookedUp;
        this.minimal = minimal;
        this.ours = ours;
    }

    /// A second copy of the program, attached to nothing, over the same maps.
    public static PacketMeter over(KernelEnforcer enforcer) {
        KernelObject object = KernelObject.load();
        Map<String, BpfMap> maps = new HashMap<>();
        for (MapDefinition map : object.maps()) {
            maps.put(map.name(), enforcer.installation().map(map.name()));
        }
        var definition = new MapDefinition("firebreak_floor", HASH, WORD, WORD, 1, 0);
        var map = new BpfMap(definition, Bpf.createMap(definition));
        map.key().set(JAVA_LONG, 0, 0);
        map.value().set(JAVA_LONG, 0, 1);
        map.update();
        return new PacketMeter(
                map,
                Bpf.loadProgram(Hook.PACKET_OUT, oneLookup(map.descriptor())),
                Bpf.loadProgram(Hook.PACKET_OUT, object.program(Hook.PACKET_OUT, maps)));
    }

    /// Mean nanoseconds of our program for one packet of an open TCP session to this address.
    public int ours(Inet4Address to, int port, int repeat) {
        return passing(ours, packet(to, port), repeat);
    }

    /// The same for the program that looks up one key and lets everything pass.
    public int minimal(Inet4Address to, int port, int repeat) {
        return passing(minimal, packet(to, port), repeat);
    }

    /// One raw write into a kernel map, as the least that holding anything there takes.
    public void write() {
        lookedUp.update();
    }

    @Override
    public void close() {
        Libc.close(ours);
        Libc.close(minimal);
        lookedUp.close();
    }

    private static int passing(int program, byte[] packet, int repeat) {
        Bpf.TestRun run = Bpf.testRun(program, packet, repeat);
        if (run.verdict() != PASS) {
            throw new IllegalStateException("the packet was not let through: " + run);
        }
        return run.nanos();
    }

    /// `*(u64 *)(fp - 8) = 0; map_lookup(map, fp - 8); return 1;`
    private static byte[] oneLookup(int map) {
        return ByteBuffer.allocate(8 * 8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(instruction(0x7a, 10, 0, -8, 0))
                .putLong(instruction(0xbf, 2, 10, 0, 0))
                .putLong(instruction(0x07, 2, 0, 0, -8))
                .putLong(instruction(0x18, 1, 1, 0, map))
                .putLong(0)
                .putLong(instruction(0x85, 0, 0, 0, 1))
                .putLong(instruction(0xb7, 0, 0, 0, PASS))
                .putLong(instruction(0x95, 0, 0, 0, 0))
                .array();
    }

    private static long instruction(int code, int destination, int source, int offset, int value) {
        return (code & 0xffL)
                | ((destination & 0xfL) << 8)
                | ((source & 0xfL) << 12)
                | ((offset & 0xffffL) << 16)
                | ((value & 0xffffffffL) << 32);
    }

    /// An Ethernet frame with IPv4 and a TCP segment that carries nothing.
    private static byte[] packet(Inet4Address to, int port) {
        var packet = ByteBuffer.allocate(ETHERNET + IPV4 + TCP);
        packet.putShort(12, (short) 0x0800);
        packet.position(ETHERNET);
        packet.put((byte) 0x45).put((byte) 0).putShort((short) (IPV4 + TCP)).putInt(0);
        packet.put((byte) 64).put((byte) 6).putShort((short) 0);
        packet.put(new byte[] {127, 0, 0, 1}).put(to.getAddress());
        packet.putShort((short) 40_000).putShort((short) port).putLong(0);
        packet.put((byte) ((TCP / 4) << 4)).put((byte) ACK);
        return packet.array();
    }
}
