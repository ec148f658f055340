package dev.firebreak.hostagent.kernel;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The denies that are held, by id, and what they come to together.
final class Holdings {

    private final Map<String, Holding> byId = new LinkedHashMap<>();
    private final Set<String> withGaps = new LinkedHashSet<>();
    private long entries;

    void put(Holding holding) {
        String id = holding.deny().id();
        remove(id);
        byId.put(id, holding);
        entries += holding.entries().size();
        if (!holding.open().isEmpty()) {
            withGaps.add(id);
        }
    }

    @Nullable Holding remove(String id) {
        Holding removed = byId.remove(id);
        if (removed != null) {
            entries -= removed.entries().size();
            withGaps.remove(id);
        }
        return removed;
    }

    @Nullable Holding find(String id) {
        return byId.get(id);
    }

    Collection<Holding> all() {
        return List.copyOf(byId.values());
    }

    /// Those with a subject that is not held throughout.
    List<Holding> withGaps() {
        return byId.values().stream()
                .filter(holding -> withGaps.contains(holding.deny().id()))
                .toList();
    }

    /// The rules of all.
    long entries() {
        return entries;
    }

    /// The rules of all but one.
    long entriesWithout(String id) {
        Holding holding = byId.get(id);
        return entries - (holding == null ? 0 : holding.entries().size());
    }
}
