package dev.firebreak.segmentation;

import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.WorkloadName;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The places that a containment cuts, and everybody who is known to run at them or below.
final class Ground {
    private final Inventory inventory;
    private final Map<Found, Integer> holders = new HashMap<>();
    private final Set<WorkloadName> inside = new HashSet<>();
    private final Set<EnforcerName> moved = new HashSet<>();

    Ground(Inventory inventory) {
        this.inventory = inventory;
    }

    Set<Found> places() {
        return Collections.unmodifiableSet(holders.keySet());
    }

    Set<WorkloadName> inside() {
        return Collections.unmodifiableSet(inside);
    }

    /// Who would be cut with this place and is not yet.
    Set<WorkloadName> newcomers(Found place) {
        return inventory.within(place).stream()
                .filter(name -> !inside.contains(name))
                .collect(Collectors.toSet());
    }

    /// Several may take the same place; it is held until the last of them lets it go.
    void take(Found place) {
        if (holders.merge(place, 1, Integer::sum) == 1) {
            inside.addAll(newcomers(place));
            moved.add(place.enforcer());
        }
    }

    void letGo(Found place) {
        if (holders.merge(place, -1, Integer::sum) > 0) {
            return;
        }
        holders.remove(place);
        moved.add(place.enforcer());
        inventory.within(place).stream()
                .filter(name -> !isInside(inventory.around(name)))
                .forEach(inside::remove);
    }

    /// A workload was deployed, and is found `around` here from now on, or retired, and nowhere.
    /// Returns whether that changed who is inside.
    boolean workloadChanged(WorkloadName name, Set<Found> around) {
        return isInside(around) ? inside.add(name) : inside.remove(name);
    }

    /// Where places were taken or let go since this was last asked.
    Set<EnforcerName> moved() {
        var since = Set.copyOf(moved);
        moved.clear();
        return since;
    }

    private boolean isInside(Set<Found> around) {
        return around.stream().anyMatch(holders::containsKey);
    }
}
