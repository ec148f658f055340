package dev.firebreak.hostagent.kernel;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/// The array of slots, shared with the kernel: one slot is one deny. A single store of its expiry
/// makes a whole deny hold, last longer, or end.
final class Slots implements AutoCloseable {

    static final int SIZE = 64;
    private static final int EXPIRY = 0;
    private static final int GENERATION = 8;
    private static final int FLAGS = 12;
    private static final int ID = 16;
    private static final int PACKETS = 32;
    private static final int BYTES = 40;
    private static final int LOST = 48;
    private static final int WHOLE = 1;
    private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();

    private final MemorySegment memory;
    private final int count;

    Slots(MemorySegment memory, int count) {
        this.memory = memory;
        this.count = count;
    }

    int count() {
        return count;
    }

    /// Readies a slot; it denies nothing until it is given an expiry.
    void prepare(int slot, int generation, DenyMark mark, boolean whole) {
        memory.asSlice(at(slot), SIZE).fill((byte) 0);
        memory.set(JAVA_INT, at(slot) + FLAGS, whole ? WHOLE : 0);
        memory.set(JAVA_LONG, at(slot) + ID, mark.high());
        memory.set(JAVA_LONG, at(slot) + ID + 8, mark.low());
        memory.set(JAVA_INT, at(slot) + GENERATION, generation);
        VarHandle.fullFence();
    }

    void expiry(int slot, long bootNanos) {
        LONG.setVolatile(memory, at(slot) + EXPIRY, bootNanos);
    }

    long expiry(int slot) {
        return (long) LONG.getVolatile(memory, at(slot) + EXPIRY);
    }

    int generation(int slot) {
        return memory.get(JAVA_INT, at(slot) + GENERATION);
    }

    DenyMark mark(int slot) {
        return new DenyMark(
                memory.get(JAVA_LONG, at(slot) + ID), memory.get(JAVA_LONG, at(slot) + ID + 8));
    }

    long packets(int slot) {
        return (long) LONG.getVolatile(memory, at(slot) + PACKETS);
    }

    long bytes(int slot) {
        return (long) LONG.getVolatile(memory, at(slot) + BYTES);
    }

    long lost(int slot) {
        return (long) LONG.getVolatile(memory, at(slot) + LOST);
    }

    /// A free slot is all zero but for its generation, which makes old references to it void.
    void clear(int slot) {
        int generation = generation(slot);
        memory.asSlice(at(slot), SIZE).fill((byte) 0);
        memory.set(JAVA_INT, at(slot) + GENERATION, generation);
    }

    boolean free(int slot) {
        for (int i = 0; i < SIZE; i++) {
            boolean generationByte = i >= GENERATION && i < GENERATION + Integer.BYTES;
            if (!generationByte && memory.get(JAVA_BYTE, at(slot) + i) != 0) {
                return false;
            }
        }
        return true;
    }

    private static long at(int slot) {
        return (long) slot * SIZE;
    }

    @Override
    public void close() {
        Libc.munmap(memory);
    }
}
