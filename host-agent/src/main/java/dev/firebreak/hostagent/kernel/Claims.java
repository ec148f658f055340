package dev.firebreak.hostagent.kernel;

import dev.firebreak.hostagent.deny.Entry;
import dev.firebreak.hostagent.deny.RuleKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Which denies have a claim on which rule, and the kernel's table of just that.
final class Claims {

    private final Rules rules;
    private final Map<RuleKey, List<Rules.Ref>> refs = new HashMap<>();

    Claims(Rules rules) {
        this.rules = rules;
    }

    List<Rules.Ref> on(RuleKey key) {
        return refs.getOrDefault(key, List.of());
    }

    void add(Entry entry, Rules.Ref ref) {
        adopt(entry, ref);
        rules.put(entry.key(), on(entry.key()));
    }

    /// The kernel has it already, or is to be repaired.
    void adopt(Entry entry, Rules.Ref ref) {
        refs.computeIfAbsent(entry.key(), _ -> new ArrayList<>()).add(ref);
    }

    void remove(Entry entry, Rules.Ref ref) {
        List<Rules.Ref> shared = refs.getOrDefault(entry.key(), new ArrayList<>());
        if (shared.remove(ref)) {
            rules.put(entry.key(), shared);
        }
        if (shared.isEmpty()) {
            refs.remove(entry.key());
        }
    }

    /// Whether the kernel has it.
    boolean verified(Entry entry, Rules.Ref ref) {
        return rules.get(entry.key()).contains(ref);
    }

    Rules.Differences repair() {
        return rules.repair(refs);
    }

    long inKernel() {
        return rules.count();
    }
}
