package dev.firebreak.hostagent.kernel;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.OptionalInt;

/// Which slots are free. A retired slot rests before it is used again: a program that had already
/// read its expiry may still be counting into it.
final class SlotPool {

    private static final long REST = Duration.ofMillis(50).toNanos();

    private record Resting(int slot, long since) {}

    /// What all slots that were given back have counted.
    private long packets;

    private long lost;
    private final Slots slots;
    private final BitSet taken = new BitSet();
    private final ArrayDeque<Resting> resting = new ArrayDeque<>();
    private int cursor;
    private int generation;

    SlotPool(Slots slots) {
        this.slots = slots;
        for (int slot = 0; slot < slots.count(); slot++) {
            generation = Math.max(generation, slots.generation(slot));
        }
    }

    void adopt(int slot) {
        taken.set(slot);
    }

    OptionalInt take() {
        int slot = taken.nextClearBit(cursor);
        if (slot >= slots.count()) {
            slot = taken.nextClearBit(0);
        }
        if (slot >= slots.count()) {
            return OptionalInt.empty();
        }
        taken.set(slot);
        cursor = slot + 1;
        return OptionalInt.of(slot);
    }

    int nextGeneration() {
        generation = generation == Integer.MAX_VALUE ? 1 : generation + 1;
        return generation;
    }

    /// Ends a slot's deny at once.
    void retire(int slot, long now) {
        slots.expiry(slot, 0);
        resting.add(new Resting(slot, now));
    }

    void reclaim(long now) {
        while (!resting.isEmpty() && now - resting.peek().since() >= REST) {
            int slot = resting.remove().slot();
            packets += slots.packets(slot);
            lost += slots.lost(slot);
            slots.clear(slot);
            taken.clear(slot);
        }
    }

    /// All that was ever denied, as the kernel counted it.
    long packets() {
        return packets + taken.stream().mapToLong(slots::packets).sum();
    }

    long lost() {
        return lost + taken.stream().mapToLong(slots::lost).sum();
    }

    int taken() {
        return taken.cardinality();
    }

    /// Voids whatever an earlier run left in slots that nobody holds.
    void clearStrangers() {
        for (int slot = 0; slot < slots.count(); slot++) {
            if (!taken.get(slot) && !slots.free(slot)) {
                slots.clear(slot);
            }
        }
    }
}
