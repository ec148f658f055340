package dev.firebreak.segmentation;

import dev.firebreak.eventlog.term.Neighbour;
import dev.firebreak.eventlog.term.Subject;
import dev.firebreak.eventlog.term.WorkloadName;
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
    private final Map<Found, String> cut = new HashMap<>();

    private Neighbours(Inventory inventory) {
        this.inventory = inventory;
    }

    /// Those of `members` on the enforcers that are `asked`, in the order of their names.
    static List<Neighbour> of(
            Inventory inventory, Collection<KnownWorkload> members, Predicate<Found> asked) {
        return new Neighbours(inventory).at(members, asked).without(members);
    }

    /// Those of `members` on this ground, and of what else was planned there.
    static List<Neighbour> at(
            Inventory inventory, Collection<KnownWorkload> members, Ground ground) {
        var neighbours = new Neighbours(inventory).at(members, ground.places()::contains);
        ground.places().forEach(place -> neighbours.cut.putIfAbsent(place, "what was planned"));
        return neighbours.without(members);
    }

    private Neighbours at(Collection<KnownWorkload> members, Predicate<Found> asked) {
        members.forEach(member ->
                Found.of(member)
                        .filter(asked)
                        .forEach(place -> cut.putIfAbsent(place, member.name().toString())));
        return this;
    }

    private List<Neighbour> without(Collection<KnownWorkload> all) {
        var members = all.stream().map(KnownWorkload::name).collect(Collectors.toSet());
        var found = new HashMap<WorkloadName, Neighbour>();
        for (var host : cut.keySet().stream().map(Found::host).distinct().toList()) {
            for (var other : inventory.each(host).toList()) {
                if (!members.contains(other.name())) {
                    look(other).forEach(it -> found.putIfAbsent(it.workload(), it));
                }
            }
        }
        return found.values().stream()
                .sorted(Comparator.comparing(Neighbour::workload, Order.WORKLOADS))
                .toList();
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
