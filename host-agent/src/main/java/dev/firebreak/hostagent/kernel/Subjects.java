package dev.firebreak.hostagent.kernel;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.firebreak.hostagent.deny.Prefix;
import dev.firebreak.hostagent.deny.Shape;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// The kernel's table of subjects: cgroup id → shapes. Its layout mirrors `struct subject` of the
/// program.
final class Subjects {

    private static final ValueLayout.OfLong NETWORK = JAVA_LONG.withOrder(ByteOrder.BIG_ENDIAN);
    private static final int HEAD = 8;
    private static final int SHAPE = 32;

    /// What a cgroup must know: the shapes to try, and whether who opened a TCP session matters to
    /// any of them.
    record Knowledge(List<Shape> shapes, boolean oriented) {
        static final Knowledge NOTHING = new Knowledge(List.of(), false);
    }

    private final BpfMap map;

    Subjects(BpfMap map) {
        this.map = map;
    }

    void put(long cgroup, Knowledge knowledge) {
        List<Shape> shapes = knowledge.shapes();
        map.key().set(JAVA_LONG, 0, cgroup);
        MemorySegment value = map.value();
        value.fill((byte) 0);
        value.set(JAVA_INT, 0, shapes.size());
        value.set(JAVA_INT, 4, knowledge.oriented() ? 1 : 0);
        for (int i = 0; i < shapes.size(); i++) {
            write(value.asSlice(HEAD + (long) i * SHAPE, SHAPE), shapes.get(i));
        }
        map.update();
    }

    void remove(long cgroup) {
        map.key().set(JAVA_LONG, 0, cgroup);
        map.delete();
    }

    /// What the kernel really has for this cgroup.
    boolean holds(long cgroup, Knowledge knowledge) {
        List<Shape> shapes = knowledge.shapes();
        map.key().set(JAVA_LONG, 0, cgroup);
        if (!map.lookup()
                || map.value().get(JAVA_INT, 0) != shapes.size()
                || (map.value().get(JAVA_INT, 4) == 1) != knowledge.oriented()) {
            return false;
        }
        try (var arena = java.lang.foreign.Arena.ofConfined()) {
            var expected = arena.allocate(SHAPE, 8);
            for (int i = 0; i < shapes.size(); i++) {
                expected.fill((byte) 0);
                write(expected, shapes.get(i));
                if (expected.mismatch(map.value().asSlice(HEAD + (long) i * SHAPE, SHAPE)) != -1) {
                    return false;
                }
            }
            return true;
        }
    }

    List<Long> cgroups() {
        List<Long> ids = new ArrayList<>();
        map.forEach((key, _) -> ids.add(key.get(JAVA_LONG, 0)));
        return ids;
    }

    private static void write(MemorySegment s, Shape shape) {
        s.set(NETWORK, 0, Prefix.maskHigh(shape.prefixLength()));
        s.set(NETWORK, 8, Prefix.maskLow(shape.prefixLength()));
        s.set(JAVA_LONG, 16, shape.handle());
        s.set(JAVA_SHORT, 24, (short) (shape.exactPort() ? 0xffff : 0));
        s.set(JAVA_BYTE, 26, (byte) (shape.anyProtocol() ? 0 : 0xff));
        s.set(JAVA_BYTE, 27, (byte) shape.prefixLength());
        s.set(JAVA_BYTE, 28, (byte) shape.view().code());
        s.set(JAVA_BYTE, 29, (byte) (shape.exactPort() ? 1 : 0));
    }
}
