package dev.firebreak.hostagent.kernel;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// An installation of an earlier run that cannot be adopted: another object, or denies that nobody
/// remembers. It goes on denying beside the new one until the last of its slots has lapsed; nothing
/// is removed by absence.
final class Leftover {

    record Live(int slot, int generation, long expiry) {}

    private final Installation installation;

    Leftover(Installation installation) {
        this.installation = installation;
    }

    Path directory() {
        return installation.directory();
    }

    Installation installation() {
        return installation;
    }

    /// The slots that still deny; of two with one mark the newer counts.
    Map<DenyMark, Live> live(long now) {
        Slots slots = installation.slots();
        Map<DenyMark, Live> live = new HashMap<>();
        for (int slot = 0; slot < slots.count(); slot++) {
            if (slots.expiry(slot) > now) {
                var found = new Live(slot, slots.generation(slot), slots.expiry(slot));
                live.merge(
                        slots.mark(slot), found, (a, b) -> a.generation() > b.generation() ? a : b);
            }
        }
        return live;
    }

    /// Ends every slot with this mark.
    boolean end(DenyMark mark) {
        Slots slots = installation.slots();
        List<Integer> ended = new ArrayList<>();
        for (int slot = 0; slot < slots.count(); slot++) {
            if (slots.expiry(slot) != 0 && slots.mark(slot).equals(mark)) {
                slots.expiry(slot, 0);
                ended.add(slot);
            }
        }
        return !ended.isEmpty();
    }
}
