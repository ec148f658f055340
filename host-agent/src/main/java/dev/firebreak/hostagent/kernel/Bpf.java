package dev.firebreak.hostagent.kernel;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/// The bpf(2) commands about programs, links and pins; map access is in {@link BpfMap}.
final class Bpf {

    static final int MAP_CREATE = 0;
    static final int MAP_LOOKUP = 1;
    static final int MAP_UPDATE = 2;
    static final int MAP_DELETE = 3;
    static final int MAP_NEXT_KEY = 4;
    static final int MAP_LOOKUP_BATCH = 24;
    private static final int PROG_LOAD = 5;
    private static final int OBJ_PIN = 6;
    private static final int OBJ_GET = 7;
    private static final int PROG_TEST_RUN = 10;
    private static final int INFO_BY_FD = 15;
    private static final int LINK_CREATE = 28;

    static final int ATTRIBUTES = 144;
    private static final int LOG_SIZE = 1 << 20;
    private static final int LOG_TAIL = 2_000;
    private static final int NAME_SIZE = 15;

    private Bpf() {}

    /// Runs one command and demands success; the answer is a descriptor or zero.
    static int demand(String what, int command, MemorySegment attributes) {
        int result = Libc.bpf(command, attributes);
        if (result < 0) {
            throw new BpfFailure(what, -result);
        }
        return result;
    }

    static int createMap(MapDefinition map) {
        try (var arena = Arena.ofConfined()) {
            var a = arena.allocate(ATTRIBUTES, 8);
            a.set(JAVA_INT, 0, map.type());
            a.set(JAVA_INT, 4, map.keySize());
            a.set(JAVA_INT, 8, map.valueSize());
            a.set(JAVA_INT, 12, map.maxEntries());
            a.set(JAVA_INT, 16, map.flags());
            name(a, 28, map.name());
            return demand("creating map " + map.name(), MAP_CREATE, a);
        }
    }

    /// Loads a program; when the verifier refuses it, says what the verifier said last.
    static int loadProgram(Hook hook, byte[] instructions) {
        try (var arena = Arena.ofConfined()) {
            var code = arena.allocate(instructions.length, 8);
            MemorySegment.copy(
                    instructions,
                    0,
                    code,
                    java.lang.foreign.ValueLayout.JAVA_BYTE,
                    0,
                    instructions.length);
            var a = arena.allocate(ATTRIBUTES, 8);
            a.set(JAVA_INT, 0, hook.programType());
            a.set(JAVA_INT, 4, instructions.length / 8);
            a.set(JAVA_LONG, 8, code.address());
            a.set(JAVA_LONG, 16, arena.allocateFrom("Apache-2.0").address());
            name(a, 48, hook.name().toLowerCase(java.util.Locale.ROOT));
            a.set(JAVA_INT, 68, hook.attachType());
            int result = Libc.bpf(PROG_LOAD, a);
            if (result >= 0) {
                return result;
            }
            throw new BpfFailure("loading " + hook.section() + verifierSays(arena, a), -result);
        }
    }

    private static String verifierSays(Arena arena, MemorySegment a) {
        var log = arena.allocate(LOG_SIZE);
        a.set(JAVA_INT, 24, 1);
        a.set(JAVA_INT, 28, LOG_SIZE);
        a.set(JAVA_LONG, 32, log.address());
        int again = Libc.bpf(PROG_LOAD, a);
        if (again >= 0) {
            Libc.close(again);
        }
        String said = log.getString(0, StandardCharsets.UTF_8);
        return said.isEmpty() ? "" : "\n" + said.substring(Math.max(0, said.length() - LOG_TAIL));
    }

    static int createLink(Hook hook, int program, int cgroup) {
        try (var arena = Arena.ofConfined()) {
            var a = arena.allocate(ATTRIBUTES, 8);
            a.set(JAVA_INT, 0, program);
            a.set(JAVA_INT, 4, cgroup);
            a.set(JAVA_INT, 8, hook.attachType());
            return demand("attaching " + hook.section(), LINK_CREATE, a);
        }
    }

    static void pin(int descriptor, String path) {
        try (var arena = Arena.ofConfined()) {
            var a = arena.allocate(ATTRIBUTES, 8);
            a.set(JAVA_LONG, 0, arena.allocateFrom(path).address());
            a.set(JAVA_INT, 8, descriptor);
            demand("pinning " + path, OBJ_PIN, a);
        }
    }

    static int pinned(String path) {
        try (var arena = Arena.ofConfined()) {
            var a = arena.allocate(ATTRIBUTES, 8);
            a.set(JAVA_LONG, 0, arena.allocateFrom(path).address());
            return demand("opening pin " + path, OBJ_GET, a);
        }
    }

    /// The cgroup a link is attached to; 0 when that cgroup is gone.
    static long linkedCgroup(int link) {
        try (var arena = Arena.ofConfined()) {
            var info = arena.allocate(256, 8);
            var a = arena.allocate(ATTRIBUTES, 8);
            a.set(JAVA_INT, 0, link);
            a.set(JAVA_INT, 4, (int) info.byteSize());
            a.set(JAVA_LONG, 8, info.address());
            demand("asking a link", INFO_BY_FD, a);
            return info.get(JAVA_LONG, 16);
        }
    }

    /// Whether a map is laid out exactly so; reading one that is not would read past our memory.
    static boolean isLaidOut(int map, MapDefinition definition) {
        try (var arena = Arena.ofConfined()) {
            var info = arena.allocate(256, 8);
            var a = arena.allocate(ATTRIBUTES, 8);
            a.set(JAVA_INT, 0, map);
            a.set(JAVA_INT, 4, (int) info.byteSize());
            a.set(JAVA_LONG, 8, info.address());
            demand("asking a map", INFO_BY_FD, a);
            return info.get(JAVA_INT, 0) == definition.type()
                    && info.get(JAVA_INT, 8) == definition.keySize()
                    && info.get(JAVA_INT, 12) == definition.valueSize()
                    && info.get(JAVA_INT, 16) == definition.maxEntries();
        }
    }

    /// Runs a packet program on a packet, so many times; answers verdict and mean nanoseconds.
    static TestRun testRun(int program, byte[] packet, int repeat) {
        try (var arena = Arena.ofConfined()) {
            var in = arena.allocate(packet.length, 8);
            MemorySegment.copy(
                    packet, 0, in, java.lang.foreign.ValueLayout.JAVA_BYTE, 0, packet.length);
            var a = arena.allocate(ATTRIBUTES, 8);
            a.set(JAVA_INT, 0, program);
            a.set(JAVA_INT, 8, packet.length);
            a.set(JAVA_LONG, 16, in.address());
            a.set(JAVA_INT, 32, repeat);
            demand("running a program on a packet", PROG_TEST_RUN, a);
            return new TestRun(a.get(JAVA_INT, 4), a.get(JAVA_INT, 36));
        }
    }

    record TestRun(int verdict, int nanos) {}

    private static void name(MemorySegment attributes, int offset, String name) {
        byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
        int size = Math.min(bytes.length, NAME_SIZE);
        MemorySegment.copy(
                bytes, 0, attributes, java.lang.foreign.ValueLayout.JAVA_BYTE, offset, size);
    }
}
