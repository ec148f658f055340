package dev.firebreak.hostagent.kernel;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.firebreak.hostagent.deny.Deny;
import dev.firebreak.hostagent.deny.Direction;
import dev.firebreak.hostagent.deny.Entry;
import dev.firebreak.hostagent.deny.PortRange;
import dev.firebreak.hostagent.deny.Prefix;
import dev.firebreak.hostagent.deny.Protocol;
import dev.firebreak.hostagent.deny.Shape;
import dev.firebreak.hostagent.deny.Subject;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a packet costs, measured by the kernel itself (BPF_PROG_TEST_RUN) on programs that are
/// attached to nothing: a minimal program with one hash lookup as the floor, ours with nothing to
/// do, and ours with denies that the packet passes by. For benches; `main` prints a table.
public final class PacketCost implements AutoCloseable {

    private static final int REPEAT = 1_000_000;
    private static final int HASH = 1;

    private final Map<String, BpfMap> maps = new LinkedHashMap<>();
    private final BpfMap floorMap =
            new BpfMap(
                    new MapDefinition("floor", HASH, 4, 4, 1_024, 0),
                    Bpf.createMap(new MapDefinition("floor", HASH, 4, 4, 1_024, 0)));
    private final int program;
    private final int floor;
    private final Slots slots;
    private final java.lang.foreign.MemorySegment config;
    private final Rules rules;
    private final Subjects subjects;
    private final long root;

    public PacketCost() {
        HostFacts.demandCapable();
        KernelObject object = KernelObject.load();
        for (MapDefinition definition : object.maps()) {
            maps.put(definition.name(), new BpfMap(definition, Bpf.createMap(definition)));
        }
        program = Bpf.loadProgram(Hook.PACKET_OUT, object.program(Hook.PACKET_OUT, maps));
        floor = Bpf.loadProgram(Hook.PACKET_OUT, floorProgram(floorMap.descriptor()));
        config = map("config").map();
        slots = new Slots(map("slots").map(), map("slots").definition().maxEntries());
        rules = new Rules(map("rules"));
        subjects = new Subjects(map("subjects"));
        root = Cgroups.id(Mounts.cgroup2()).orElseThrow();
    }

    /// Nanoseconds of a minimal program: load the address, look it up, pass.
    public int floorNanos() {
        return Bpf.testRun(floor, packet(), REPEAT).nanos();
    }

    /// Nanoseconds of ours when no deny concerns the packet's cgroup.
    public int idleNanos() {
        config.set(JAVA_INT, 0, 0);
        return Bpf.testRun(program, packet(), REPEAT).nanos();
    }

    /// Nanoseconds of ours for a packet that passes by so many denies of so many shapes.
    public int passingNanos(int denies, int shapes) {
        fill(denies, shapes);
        config.set(JAVA_INT, 0, 1);
        Bpf.TestRun run = Bpf.testRun(program, packet(), REPEAT);
        if (run.verdict() != 1) {
            throw new IllegalStateException("the packet should have passed");
        }
        return run.nanos();
    }

    private void fill(int denies, int shapes) {
        long far = BootClock.nanos() + Duration.ofHours(1).toNanos();
        Set<Shape> known = new HashSet<>();
        for (int i = 0; i < denies; i++) {
            var peer =
                    Prefix.parse(
                            "10."
                                    + (i >> 16 & 255)
                                    + "."
                                    + (i >> 8 & 255)
                                    + "."
                                    + (i & 255)
                                    + "/"
                                    + (32 - i % shapes));
            var deny =
                    new Deny(
                            "bench-" + i,
                            Duration.ofHours(1),
                            List.of(new Subject.Host()),
                            Direction.EGRESS,
                            List.of(peer),
                            List.of(new PortRange(Protocol.TCP, 443, 443)));
            slots.prepare(i, 1, DenyMark.of(deny.id()), false);
            slots.expiry(i, far);
            for (Entry entry : deny.entries()) {
                rules.put(entry.key(), List.of(new Rules.Ref(i, 1, 443, 443)));
                known.add(entry.shape());
            }
        }
        subjects.put(root, new Subjects.Knowledge(new ArrayList<>(known), false));
    }

    private BpfMap map(String name) {
        BpfMap map = maps.get(name);
        if (map == null) {
            throw new IllegalStateException("no map " + name);
        }
        return map;
    }

    /// An Ethernet frame with a TCP segment from 192.0.2.1 to 198.51.100.1, port 443.
    private static byte[] packet() {
        var frame = ByteBuffer.allocate(14 + 20 + 20 + 6);
        frame.putShort(12, (short) 0x0800);
        frame.put(14, (byte) 0x45).putShort(16, (short) 46).put(22, (byte) 64).put(23, (byte) 6);
        frame.putInt(26, 0xc0000201).putInt(30, 0xc6336401);
        frame.putShort(34, (short) 40_000)
                .putShort(36, (short) 443)
                .put(46, (byte) 0x50)
                .put(47, (byte) 0x10);
        return frame.array();
    }

    /// key = destination address; lookup(map, key); return 1
    private static byte[] floorProgram(int map) {
        var code = ByteBuffer.allocate(16 * 8).order(ByteOrder.LITTLE_ENDIAN);
        instruction(code, 0xb7, 0x02, 0, 16); // r2 = 16, the destination's offset
        instruction(code, 0xbf, 0xa3, 0, 0); // r3 = r10
        instruction(code, 0x07, 0x03, 0, -4); // r3 -= 4
        instruction(code, 0xb7, 0x04, 0, 4); // r4 = 4
        instruction(code, 0x85, 0x00, 0, 26); // skb_load_bytes
        instruction(code, 0xbf, 0xa2, 0, 0); // r2 = r10
        instruction(code, 0x07, 0x02, 0, -4); // r2 -= 4
        instruction(code, 0x18, 0x11, 0, map); // r1 = map
        instruction(code, 0x00, 0x00, 0, 0);
        instruction(code, 0x85, 0x00, 0, 1); // map_lookup_elem
        instruction(code, 0xb7, 0x00, 0, 1); // r0 = 1
        instruction(code, 0x95, 0x00, 0, 0); // exit
        byte[] bytes = new byte[code.position()];
        code.flip().get(bytes);
        return bytes;
    }

    private static void instruction(
            ByteBuffer code, int operation, int registers, int offset, int immediate) {
        code.put((byte) operation).put((byte) registers).putShort((short) offset).putInt(immediate);
    }

    public static void main(String[] arguments) {
        try (var cost = new PacketCost()) {
            System.out.println("floor " + cost.floorNanos() + " ns");
            System.out.println("idle " + cost.idleNanos() + " ns");
            for (int denies : new int[] {1, 10, 1_000, 50_000}) {
                System.out.println(
                        denies + " denies, 1 shape " + cost.passingNanos(denies, 1) + " ns");
            }
            for (int shapes : new int[] {2, 4, 8, 16}) {
                System.out.println(
                        1_000
                                + " denies, "
                                + shapes
                                + " shapes "
                                + cost.passingNanos(1_000, shapes)
                                + " ns");
            }
        }
    }

    @Override
    public void close() {
        Libc.close(program);
        Libc.close(floor);
        Libc.munmap(config);
        slots.close();
        floorMap.close();
        maps.values().forEach(BpfMap::close);
    }
}
