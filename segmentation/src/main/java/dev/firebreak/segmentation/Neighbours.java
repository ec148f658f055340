package dev.firebreak.segmentation;

import dev.firebreak.eventlog.term.Neighbour;
import dev.firebreak.eventlog.term.Subject;
import dev.firebreak.eventlog.term.WorkloadName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Who is cut with the members of a scope because of where it runs: at the cgroup of a member on
/// the same host, or below it. Whoever deploys may give a workload a cgroup that many others lie
/// below, so counting names alone would count that as one.
final class Neighbours {
    private final Inventory inventory;
    private final Map<Found, WorkloadName> cut = new HashMap<>();

    private Neighbours(Inventory inventory) {
        this.inventory = inventory;
    }

    /// Those of `members` on the enforcers that are `asked`, in the order of their names.
    static List<Neighbour> of(
            Inventory inventory, Collection<KnownWorkload> members, Predicate<Found> asked) {
        var neighbours = new Neighbours(inventory);
        members.forEach(member ->
                Found.of(member)
                        .filter(asked)
                        .forEach(place -> neighbours.cut.putIfAbsent(place, member.name())));
        return neighbours.without(
                members.stream().map(KnownWorkload::name).collect(Collectors.toSet()));
    }

    private List<Neighbour> without(Collection<WorkloadName> members) {
        var found = new HashMap<WorkloadName, Neighbour>();
        for (var host : cut.keySet().stream().map(Found::host).distinct().toList()) {
            for (var other : inventory.on(host)) {
                if (!members.contains(other.name())) {
                    look(other).forEach(it -> found.putIfAbsent(it.workload(), it));
                }
            }
        }
        var all = new ArrayList<>(found.values());
        all.sort(Comparator.comparing(neighbour -> neighbour.workload().toString()));
        return all;
    }

    private List<Neighbour> look(KnownWorkload other) {
        return Found.of(other)
                .flatMap(its ->
                        its.outwards()
                                .filter(cut::containsKey)
                                .limit(1)
                                .map(outer -> new Neighbour(other.name(), why(its, outer))))
                .toList();
    }

    private String why(Found its, Found outer) {
        var whose = cut.get(outer);
        if (!(its.subject() instanceof Subject.Cgroup(var path)) || its.equals(outer)) {
            return "it shares a cgroup on %s with %s".formatted(its.host(), whose);
        }
        return "its cgroup %s on %s lies below that of %s".formatted(path, its.host(), whose);
    }
}
