package dev.firebreak.hostagent;

import dev.firebreak.hostagent.protocol.WireHeld;
import java.util.ArrayList;
import java.util.List;

/// Everything held, cut into parts none of which outgrows a frame of 1 MiB. There is always one.
final class Parts {

    static final int MOST_CHARACTERS = 900_000;

    /// What the names and numbers of one entry take, generously.
    private static final int FIELDS = 160;

    private Parts() {}

    static List<List<WireHeld>> of(List<WireHeld> all) {
        List<List<WireHeld>> parts = new ArrayList<>();
        parts.add(new ArrayList<>());
        int characters = 0;
        for (WireHeld held : all) {
            int size = size(held);
            if (characters + size > MOST_CHARACTERS) {
                parts.add(new ArrayList<>());
                characters = 0;
            }
            characters += size;
            parts.getLast().add(held);
        }
        return parts;
    }

    private static int size(WireHeld held) {
        int caveats = held.caveats().stream().mapToInt(caveat -> caveat.length() + 3).sum();
        return FIELDS + held.id().length() + held.sentence().length() + caveats;
    }
}
