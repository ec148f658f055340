package dev.firebreak.bench.soak;

import dev.firebreak.bench.soak.Ledger.Entry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/// What the ledger holds and the log does not, or holds otherwise.
final class Losses {

    private Losses() {}

    /// A sentence for each; none when every acknowledged command is in the log, once and where it
    /// belongs.
    static List<String> between(Collection<Entry> ledger, Collection<Entry> log) {
        var byKey = log.stream().collect(Collectors.groupingBy(Entry::key));
        var losses = new ArrayList<String>();
        for (var entry : ledger) {
            var found = byKey.getOrDefault(entry.key(), List.of());
            if (found.isEmpty()) {
                losses.add("acknowledged and not in the log: %s".formatted(entry));
            } else if (found.size() > 1) {
                losses.add("in the log %d times: %s".formatted(found.size(), entry));
            } else if (!found.getFirst().equals(entry)) {
                losses.add("acknowledged %s, in the log %s".formatted(entry, found.getFirst()));
            }
        }
        return losses;
    }
}
