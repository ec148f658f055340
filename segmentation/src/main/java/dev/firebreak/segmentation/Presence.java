package dev.firebreak.segmentation;

import dev.firebreak.eventlog.term.Reach;
import dev.firebreak.eventlog.term.Scope;
import dev.firebreak.eventlog.term.WorkloadName;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Who is in a containment now, beside what its plan once reached: `reach` is what it cuts now.
/// `leftOut` workloads joined its scope, or came to run where it would cut more, above the `atMost`
/// that it may have, and are not cut, or not everywhere; some of them are named. `spared` members
/// are not cut where something protected runs, and what is `caught` is protected and came to run
/// where the plan cuts. A host or a block is cut as a whole and leaves nobody out.
public record Presence(
        Reach reach,
        int atMost,
        int leftOut,
        List<WorkloadName> names,
        List<WorkloadName> spared,
        List<WorkloadName> caught) {

    public Presence {
        names = names.stream().limit(Reach.MAX_NAMED).toList();
        spared = spared.stream().limit(Reach.MAX_NAMED).toList();
        caught = caught.stream().limit(Reach.MAX_NAMED).toList();
    }

    /// Nobody in it is protected.
    public Presence(Reach reach, int atMost, int leftOut, List<WorkloadName> names) {
        this(reach, atMost, leftOut, names, List.of(), List.of());
    }

    static Presence of(Estate estate, KnownContainment known, Places places) {
        return new Presence(
                reach(estate, places),
                places.atMost(),
                places.leftOut().size(),
                List.copyOf(places.leftOut()),
                spared(estate, known, places),
                caught(estate, known));
    }

    static Presence ofWhole(Estate estate, KnownContainment known) {
        return new Presence(
                Reaching.reach(estate, known.plan().ask()),
                Integer.MAX_VALUE,
                0,
                List.of(),
                List.of(),
                known.plan().ask().subject() instanceof Scope.Host
                        ? caught(estate, known)
                        : List.of());
    }

    private static Reach reach(Estate estate, Places places) {
        var members = known(estate, places.cut());
        return Reaching.of(
                estate, members, Neighbours.at(estate.inventory(), members, places.ground()));
    }

    private static List<WorkloadName> spared(Estate estate, KnownContainment known, Places places) {
        var planned = known.plan().parts().stream().flatMap(Found::of).collect(Collectors.toSet());
        return known(estate, places.cut()).stream()
                .filter(member ->
                        Found.of(member)
                                .filter(place -> !planned.contains(place))
                                .filter(places.ground().places()::contains)
                                .anyMatch(estate.sanctuary()::spares))
                .map(KnownWorkload::name)
                .toList();
    }

    private static List<WorkloadName> caught(Estate estate, KnownContainment known) {
        return known.plan().parts().stream()
                .flatMap(Found::of)
                .flatMap(place -> known(estate, estate.inventory().within(place)).stream())
                .filter(estate.sanctuary()::protects)
                .map(KnownWorkload::name)
                .distinct()
                .sorted(Order.WORKLOADS)
                .toList();
    }

    private static List<KnownWorkload> known(Estate estate, Collection<WorkloadName> names) {
        return names.stream().map(estate::workload).flatMap(Optional::stream).toList();
    }
}
