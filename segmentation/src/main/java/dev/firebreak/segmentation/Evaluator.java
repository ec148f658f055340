package dev.firebreak.segmentation;

import dev.firebreak.eventlog.term.CidrBlock;
import dev.firebreak.eventlog.term.Direction;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.PortRange;
import dev.firebreak.eventlog.term.Ports;
import dev.firebreak.eventlog.term.Subject;
import dev.firebreak.segmentation.Flow.End;
import dev.firebreak.segmentation.Judgement.Step;
import dev.firebreak.segmentation.Judgement.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Judges a flow by the very denies that enforcers are given, so that what is explained is what is
/// enforced: at the end it leaves from, then at the end it comes to.
///
/// An address that belongs to known workloads is judged as theirs. At an end where no enforcer of
/// ours is, nothing is denied.
public final class Evaluator {
    private final Estate estate;
    private final Flow flow;
    private final Instant at;
    private final List<Step> path = new ArrayList<>();

    private Evaluator(Estate estate, Flow flow, Instant at) {
        this.estate = estate;
        this.flow = flow;
        this.at = at;
    }

    public static Judgement judge(Estate estate, Flow flow, Instant at) {
        return new Evaluator(estate, flow, at).judge();
    }

    /// How much of the flow is cut, from nothing to all.
    private enum Cut {
        NOTHING,
        SOME,
        ALL
    }

    private Judgement judge() {
        var leaving = judge(flow.from(), Direction.EGRESS, addresses(flow.to()));
        var coming = judge(flow.to(), Direction.INGRESS, addresses(flow.from()));
        var verdict =
                switch (leaving.compareTo(coming) > 0 ? leaving : coming) {
                    case NOTHING -> Verdict.ALLOWED;
                    case SOME -> Verdict.DENIED_IN_PART;
                    case ALL -> Verdict.DENIED;
                };
        return new Judgement(verdict, path);
    }

    private Cut judge(End end, Direction direction, List<CidrBlock> others) {
        return together(
                places(end).stream().map(place -> judge(place, direction, others)).toList());
    }

    private Cut judge(Found place, Direction direction, List<CidrBlock> others) {
        var most = Cut.NOTHING;
        for (var deny : Compilation.desired(estate, place.enforcer(), at).denies().values()) {
            if (deny.subjects().stream().anyMatch(subject -> takesIn(subject, place.subject()))) {
                var cut = judge(deny, place, direction, others);
                most = cut.compareTo(most) > 0 ? cut : most;
            }
        }
        return most;
    }

    private Cut judge(DesiredDeny deny, Found place, Direction direction, List<CidrBlock> others) {
        if (deny.direction() != Direction.BOTH && deny.direction() != direction) {
            return step(deny, place, direction, Cut.NOTHING, "it cuts the other direction");
        }
        if (!takesIn(deny.ports())) {
            return step(deny, place, direction, Cut.NOTHING, "it cuts " + deny.ports());
        }
        if (deny.peers().isEmpty()) {
            return step(deny, place, direction, Cut.ALL, "it cuts from everyone");
        }
        var peers = deny.peers().stream().map(Net::of).toList();
        var cut =
                together(
                        others.stream()
                                .map(Net::of)
                                .map(net -> peers.stream().anyMatch(peer -> peer.contains(net)))
                                .map(hit -> hit ? Cut.ALL : Cut.NOTHING)
                                .toList());
        return step(deny, place, direction, cut, why(cut, others));
    }

    private static String why(Cut cut, List<CidrBlock> others) {
        return switch (cut) {
            case ALL -> "the other end is among its peers";
            case SOME -> "some addresses of the other end are among its peers";
            case NOTHING ->
                    others.isEmpty()
                            ? "no address of the other end is known"
                            : "the other end is not among its peers";
        };
    }

    private Cut step(DesiredDeny deny, Found place, Direction direction, Cut cut, String why) {
        estate.containment(deny.containment())
                .filter(known -> known.stage() instanceof Stage.Running)
                .ifPresent(known ->
                        path.add(
                                new Step(
                                        deny.containment(),
                                        place.enforcer(),
                                        direction,
                                        cut != Cut.NOTHING,
                                        why,
                                        ((Stage.Running) known.stage()).order(),
                                        known.requestedBy(),
                                        deny.expiresAt())));
        return cut;
    }

    private static Cut together(List<Cut> cuts) {
        if (!cuts.isEmpty() && cuts.stream().allMatch(Cut.ALL::equals)) {
            return Cut.ALL;
        }
        return cuts.stream().allMatch(Cut.NOTHING::equals) ? Cut.NOTHING : Cut.SOME;
    }

    private static boolean takesIn(Subject deny, Subject place) {
        return switch (deny) {
            case Subject.WholeHost _ -> true;
            case Subject.Cgroup(var above) ->
                    place instanceof Subject.Cgroup(var path)
                            && (path.equals(above) || path.value().startsWith(above.value() + "/"));
        };
    }

    private boolean takesIn(Ports ports) {
        return ports.isAll() || ports.ranges().stream().anyMatch(this::takesIn);
    }

    private boolean takesIn(PortRange range) {
        return range.protocol() == flow.protocol()
                && range.from() <= flow.port()
                && flow.port() <= range.to();
    }

    private List<Found> places(End end) {
        return switch (end) {
            case End.OfHost(var host) ->
                    List.of(new Found(EnforcerName.onHost(host), new Subject.WholeHost()));
            case End.OfWorkload(var name) ->
                    estate.workload(name).map(Evaluator::places).orElse(List.of());
            case End.OfAddress(var address) ->
                    estate.inventory().at(Net.of(address)).stream()
                            .flatMap(workload -> places(workload).stream())
                            .toList();
        };
    }

    private static List<Found> places(KnownWorkload workload) {
        return Found.of(workload).toList();
    }

    private List<CidrBlock> addresses(End end) {
        return switch (end) {
            case End.OfHost _ -> List.of();
            case End.OfWorkload(var name) ->
                    estate.workload(name).map(KnownWorkload::addresses).orElse(List.of());
            case End.OfAddress(var address) -> List.of(address);
        };
    }
}
