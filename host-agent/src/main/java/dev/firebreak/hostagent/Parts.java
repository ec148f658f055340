package dev.firebreak.hostagent;

import dev.firebreak.hostagent.deny.Gap;
import dev.firebreak.hostagent.protocol.WireHeld;
import java.util.ArrayList;
import java.util.List;

/// Everything held, cut into parts none of which outgrows a frame of 1 MiB. There is always one.
final class Parts {

    static final int MOST_BYTES = 900_000;

    /// What a receipt tells in full. A plan has at most 1,000 denies, and what is told in brief of
    /// so many fits beside it.
    static final int MOST_IN_FULL = 300_000;

    /// What the names and numbers of one entry take, generously.
    private static final int FIELDS = 160;

    private static final int FIELDS_OF_GAP = 40;

    private Parts() {}

    static List<List<WireHeld>> of(List<WireHeld> all) {
        List<List<WireHeld>> parts = new ArrayList<>();
        parts.add(new ArrayList<>());
        int bytes = 0;
        for (WireHeld held : all) {
            int size = size(held);
            if (bytes + size > MOST_BYTES) {
                parts.add(new ArrayList<>());
                bytes = 0;
            }
            bytes += size;
            parts.getLast().add(held);
        }
        return parts;
    }

    /// The same in one frame: beyond what has room in full, each in brief. The next observation
    /// tells the rest.
    static List<WireHeld> inOneFrame(List<WireHeld> all) {
        List<WireHeld> told = new ArrayList<>();
        int size = 0;
        for (WireHeld held : all) {
            size += size(held);
            told.add(size <= MOST_IN_FULL ? held : held.brief());
        }
        return told;
    }

    private static int size(WireHeld held) {
        int caveats = held.caveats().stream().mapToInt(caveat -> bytes(caveat) + 3).sum();
        int gaps = held.gaps().stream().mapToInt(Parts::size).sum();
        return FIELDS + bytes(held.id()) + bytes(held.sentence()) + caveats + gaps;
    }

    private static int size(Gap gap) {
        return FIELDS_OF_GAP + bytes(gap.subject()) + bytes(gap.code()) + bytes(gap.sentence());
    }

    /// What a text takes at most in a frame.
    private static int bytes(String text) {
        return text.chars().map(Parts::bytes).sum();
    }

    private static int bytes(int character) {
        if (character >= 0x80) {
            return 3;
        }
        return character == '\\' || character == '"' ? 2 : 1;
    }
}
