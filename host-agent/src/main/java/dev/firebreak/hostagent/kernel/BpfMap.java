package dev.firebreak.hostagent.kernel;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// A kernel map. Not for several threads at once: it owns the memory that its calls pass.
final class BpfMap implements AutoCloseable {

    private static final int PROT_READ_WRITE = 3;
    private static final int MAP_SHARED = 1;
    private static final int BATCH = 1_024;

    private final MapDefinition definition;
    private final int descriptor;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment attributes = arena.allocate(Bpf.ATTRIBUTES, 8);
    private final MemorySegment key;
    private final MemorySegment value;

    BpfMap(MapDefinition definition, int descriptor) {
        this.definition = definition;
        this.descriptor = descriptor;
        this.key = arena.allocate(definition.keySize(), 8);
        this.value = arena.allocate(definition.valueSize(), 8);
    }

    int descriptor() {
        return descriptor;
    }

    MapDefinition definition() {
        return definition;
    }

    /// Where the next call's key is written.
    MemorySegment key() {
        return key;
    }

    /// Where the next update's value is written, and the last lookup's value is read.
    MemorySegment value() {
        return value;
    }

    boolean lookup() {
        int result = element(Bpf.MAP_LOOKUP);
        if (result == -Libc.ENOENT) {
            return false;
        }
        check("looking up", result);
        return true;
    }

    void update() {
        check("writing", element(Bpf.MAP_UPDATE));
    }

    void delete() {
        int result = element(Bpf.MAP_DELETE);
        if (result != -Libc.ENOENT) {
            check("deleting", result);
        }
    }

    private int element(int command) {
        attributes.fill((byte) 0);
        attributes.set(JAVA_INT, 0, descriptor);
        attributes.set(JAVA_LONG, 8, key.address());
        attributes.set(JAVA_LONG, 16, command == Bpf.MAP_DELETE ? 0 : value.address());
        return Libc.bpf(command, attributes);
    }

    private void check(String what, int result) {
        if (result < 0) {
            throw new BpfFailure(what + " in map " + definition.name(), -result);
        }
    }

    /// Visits every element. Fewer than asked is not the end of a map; only ENOENT is.
    void forEach(BiConsumer<MemorySegment, MemorySegment> visitor) {
        try (var scratch = Arena.ofConfined()) {
            var keys = scratch.allocate((long) BATCH * definition.keySize(), 8);
            var values = scratch.allocate((long) BATCH * definition.valueSize(), 8);
            var position = scratch.allocate(Math.max(8, definition.keySize()), 8);
            var batch = scratch.allocate(Bpf.ATTRIBUTES, 8);
            boolean started = false;
            for (int round = 0; round <= definition.maxEntries(); round++) {
                batch.fill((byte) 0);
                batch.set(JAVA_LONG, 0, started ? position.address() : 0);
                batch.set(JAVA_LONG, 8, position.address());
                batch.set(JAVA_LONG, 16, keys.address());
                batch.set(JAVA_LONG, 24, values.address());
                batch.set(JAVA_INT, 32, BATCH);
                batch.set(JAVA_INT, 36, descriptor);
                int result = Libc.bpf(Bpf.MAP_LOOKUP_BATCH, batch);
                if (result < 0 && result != -Libc.ENOENT) {
                    throw new BpfFailure("walking map " + definition.name(), -result);
                }
                int count = batch.get(JAVA_INT, 32);
                for (int i = 0; i < count; i++) {
                    visitor.accept(
                            slice(keys, i, definition.keySize()),
                            slice(values, i, definition.valueSize()));
                }
                if (result == -Libc.ENOENT) {
                    return;
                }
                started = true;
            }
        }
    }

    /// Visits every key of a map kind that older kernels cannot walk in batches. Nothing may be
    /// deleted meanwhile.
    void forEachKey(Consumer<MemorySegment> visitor) {
        try (var scratch = Arena.ofConfined()) {
            var current = scratch.allocate(definition.keySize(), 8);
            var next = scratch.allocate(definition.keySize(), 8);
            for (int i = 0; i <= definition.maxEntries(); i++) {
                attributes.fill((byte) 0);
                attributes.set(JAVA_INT, 0, descriptor);
                attributes.set(JAVA_LONG, 8, i == 0 ? 0 : current.address());
                attributes.set(JAVA_LONG, 16, next.address());
                int result = Libc.bpf(Bpf.MAP_NEXT_KEY, attributes);
                if (result == -Libc.ENOENT) {
                    return;
                }
                check("walking", result);
                visitor.accept(next);
                current.copyFrom(next);
            }
        }
    }

    private static MemorySegment slice(MemorySegment all, int index, int size) {
        return all.asSlice((long) index * size, size);
    }

    /// The whole array as memory shared with the kernel.
    // The kernel has just said that these bytes are mapped.
    @SuppressWarnings("restricted")
    MemorySegment map() {
        long size =
                Math.ceilDiv((long) definition.maxEntries() * definition.valueSize(), 4096L)
                        * 4096L;
        long address = Libc.mmap(size, PROT_READ_WRITE, MAP_SHARED, descriptor);
        if (address < 0) {
            throw new BpfFailure("mapping " + definition.name(), (int) -address);
        }
        return MemorySegment.ofAddress(address).reinterpret(size);
    }

    @Override
    public void close() {
        Libc.close(descriptor);
        arena.close();
    }
}
