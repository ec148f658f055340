package dev.firebreak.segmentation;

import dev.firebreak.eventlog.term.Reach;
import dev.firebreak.eventlog.term.WorkloadName;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Who is in a containment now, beside what its plan once reached: `reach` is what it cuts now.
/// `leftOut` workloads joined its scope above the `atMost` that it may have and are not cut; some
/// of them are named. A host or a block is cut as a whole and leaves nobody out.
public record Presence(Reach reach, int atMost, int leftOut, List<WorkloadName> names) {

    public Presence {
        names = names.stream().limit(Reach.MAX_NAMED).toList();
    }

    static Presence of(Estate estate, Places places) {
        return new Presence(
                Reaching.withNeighbours(estate, places.ask(), known(estate, places.cut())),
                places.atMost(),
                places.leftOut().size(),
                List.copyOf(places.leftOut()));
    }

    static Presence ofWhole(Estate estate, KnownContainment known) {
        return new Presence(
                Reaching.reach(estate, known.plan().ask()), Integer.MAX_VALUE, 0, List.of());
    }

    private static List<KnownWorkload> known(Estate estate, Collection<WorkloadName> names) {
        return names.stream().map(estate::workload).flatMap(Optional::stream).toList();
    }
}
