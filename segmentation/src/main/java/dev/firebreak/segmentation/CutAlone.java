package dev.firebreak.segmentation;

import dev.firebreak.eventlog.term.Ask;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.Scope;
import dev.firebreak.eventlog.term.WorkloadName;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What somebody has in force without a second person's yes.
///
/// Who is named is counted once, however often they are cut. Whoever a selector takes in may be
/// others tomorrow: each selector counts with all its seats, also where two take in the same
/// workloads today and where one of those has left. Else a bait that wears forty labels would count
/// as one, and forty others be cut in its place.
final class CutAlone {
    private final Set<WorkloadName> named = new HashSet<>();
    private final Map<Selector, Seats> selected = new HashMap<>();

    /// What two containments have in common that take in the same workloads.
    private record Selector(Scope subject, List<EnforcerName> on) {}

    private static final class Seats {
        private final Set<WorkloadName> touched = new HashSet<>();
        private int reached;
        private int promised;

        private int taken() {
            return Math.max(reached, touched.size());
        }

        private int toGrow() {
            return Math.max(0, promised - taken());
        }
    }

    /// @param promised how many it may come to cut
    void add(Ask ask, int reached, int promised, Collection<WorkloadName> touched) {
        if (!isSelector(ask.subject())) {
            named.addAll(touched);
            return;
        }
        var seats = selected.computeIfAbsent(selector(ask), _ -> new Seats());
        seats.touched.addAll(touched);
        seats.reached = Math.max(seats.reached, reached);
        seats.promised = Math.max(seats.promised, promised);
    }

    /// How many are cut beside those that this ask touches.
    int beside(Ask ask, Set<WorkloadName> touches) {
        var known = new HashSet<>(touches);
        var others = 0;
        for (var each : selected.entrySet()) {
            var seats = each.getValue();
            others +=
                    each.getKey().equals(selector(ask))
                            ? without(seats.touched, touches)
                            : seats.taken();
            known.addAll(seats.touched);
        }
        if (!isSelector(ask.subject())) {
            others -= (int) touches.stream().filter(this::isSelected).count();
        }
        return others + without(named, known);
    }

    /// How many more may come to be cut by what was decided before, without being asked for.
    int toGrow(Ask ask) {
        return selected.entrySet().stream()
                .filter(each -> !each.getKey().equals(selector(ask)))
                .mapToInt(each -> each.getValue().toGrow())
                .sum();
    }

    private boolean isSelected(WorkloadName name) {
        return selected.values().stream().anyMatch(seats -> seats.touched.contains(name));
    }

    private static int without(Set<WorkloadName> names, Set<WorkloadName> others) {
        return (int) names.stream().filter(name -> !others.contains(name)).count();
    }

    private static Selector selector(Ask ask) {
        return new Selector(ask.subject(), ask.on());
    }

    private static boolean isSelector(Scope subject) {
        return switch (subject) {
            case Scope.Labelled _,
                    Scope.Env _,
                    Scope.OfTenant _,
                    Scope.SecurityGroup _,
                    Scope.DatabaseRole _ ->
                    true;
            case Scope.Workload _, Scope.Host _, Scope.Cidr _ -> false;
        };
    }
}
