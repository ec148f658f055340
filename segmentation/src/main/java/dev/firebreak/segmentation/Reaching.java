package dev.firebreak.segmentation;

import dev.firebreak.eventlog.term.Ask;
import dev.firebreak.eventlog.term.CidrBlock;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.Neighbour;
import dev.firebreak.eventlog.term.Reach;
import dev.firebreak.eventlog.term.Scope;
import dev.firebreak.eventlog.term.WorkloadName;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How much an ask touches: its members, and whoever runs at a cgroup of theirs or below it.
///
/// A whole host counts as the workloads on it, at least as one. A block of addresses counts as the
/// workloads with an address in it, at least as one; a wide one (see [WideBlocks]) may be how the
/// fleet talks to itself or to half of the world, and counts as the whole fleet.
final class Reaching {
    private Reaching() {}

    static Reach reach(Estate estate, Ask ask) {
        var members = estate.members(ask.subject());
        return switch (ask.subject()) {
            case Scope.Host(var host) ->
                    atLeastOne(estate, members, "host/" + host, ask, EnforcerName.onHost(host));
            case Scope.Cidr(var block) -> block(estate, members, block);
            case Scope.Workload _,
                    Scope.Labelled _,
                    Scope.Env _,
                    Scope.OfTenant _,
                    Scope.SecurityGroup _,
                    Scope.DatabaseRole _ ->
                    withNeighbours(
                            estate,
                            ask,
                            members.stream()
                                    .filter(each -> Scopes.isWithin(ask.on(), each))
                                    .toList());
        };
    }

    /// The known workloads that an ask touches; of a block of addresses those with one in it.
    static Set<WorkloadName> touched(Estate estate, Ask ask) {
        var members =
                estate.members(ask.subject()).stream()
                        .filter(each -> Scopes.isWithin(ask.on(), each))
                        .toList();
        var neighbours =
                Scopes.isHostWide(ask.subject())
                        ? List.<Neighbour>of()
                        : neighbours(estate, ask, members);
        return Stream.concat(
                        members.stream().map(KnownWorkload::name),
                        neighbours.stream().map(Neighbour::workload))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Reach atLeastOne(
            Estate estate,
            List<KnownWorkload> members,
            String itself,
            Ask ask,
            EnforcerName enforcer) {
        if (!estate.resolution().isAsked(ask, enforcer)) {
            return of(estate, List.of());
        }
        return members.isEmpty() ? one(estate, itself) : of(estate, members);
    }

    private static Reach block(Estate estate, List<KnownWorkload> members, CidrBlock block) {
        if (WideBlocks.isWide(block)) {
            var fleet = Math.max(1, estate.inventory().size());
            return new Reach(
                    fleet, fleet, List.of("everything that talks with " + block), List.of());
        }
        return members.isEmpty() ? one(estate, "cidr/" + block) : of(estate, members);
    }

    private static Reach one(Estate estate, String name) {
        return new Reach(1, Math.max(1, estate.inventory().size()), List.of(name), List.of());
    }

    /// Members, and whoever is cut with them because of where they run.
    private static Reach withNeighbours(Estate estate, Ask ask, List<KnownWorkload> members) {
        return of(estate, members, neighbours(estate, ask, members));
    }

    private static List<Neighbour> neighbours(Estate estate, Ask ask, List<KnownWorkload> members) {
        return Neighbours.of(
                estate.inventory(),
                members,
                place -> estate.resolution().isAsked(ask, place.enforcer()));
    }

    private static Reach of(Estate estate, List<KnownWorkload> members) {
        return of(estate, members, List.of());
    }

    static Reach of(Estate estate, List<KnownWorkload> members, List<Neighbour> neighbours) {
        var all =
                Stream.concat(
                                members.stream(),
                                neighbours.stream()
                                        .map(Neighbour::workload)
                                        .flatMap(name -> estate.workload(name).stream()))
                        .toList();
        return new Reach(
                all.size(),
                estate.inventory().size(),
                all.stream().map(each -> each.name().toString()).toList(),
                all.stream().map(KnownWorkload::owner).filter(o -> !o.isEmpty()).toList(),
                neighbours);
    }
}
