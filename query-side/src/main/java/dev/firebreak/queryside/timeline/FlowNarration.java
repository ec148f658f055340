package dev.firebreak.queryside.timeline;

import dev.firebreak.eventlog.event.flow.DeniedFlow;
import dev.firebreak.eventlog.event.flow.FlowEvent.DeniedFlowsSeen;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.Direction;
import dev.firebreak.eventlog.term.Scope;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// A batch of denied traffic in a sentence: how much of whom, and where it wanted to go. However
/// much it was, the sentence is of bounded length.
final class FlowNarration {
    private static final int MAX_PEERS = 5;
    private static final int MAX_CONTAINMENTS = 5;

    private final Function<ContainmentId, Optional<Scope>> subjects;

    FlowNarration(Function<ContainmentId, Optional<Scope>> subjects) {
        this.subjects = subjects;
    }

    /// Who wanted to reach what, whatever the agent's own fingerprint of it is.
    private record Way(Direction direction, String peer, int port, String protocol) {}

    static List<ContainmentId> containments(DeniedFlowsSeen seen) {
        return seen.flows().stream().map(DeniedFlow::containment).distinct().toList();
    }

    String sentence(DeniedFlowsSeen seen) {
        var shares = containments(seen).stream().map(id -> share(id, seen)).toList();
        if (shares.isEmpty()) {
            return "%s denied %s that it could not tell apart."
                    .formatted(seen.enforcer(), counted(seen.lost(), "packet"));
        }
        var said = String.join("; ", shares.subList(0, Math.min(shares.size(), MAX_CONTAINMENTS)));
        return "%s denied %s%s%s."
                .formatted(
                        seen.enforcer(),
                        said,
                        shares.size() > MAX_CONTAINMENTS
                                ? "; and what %d more containments deny"
                                        .formatted(shares.size() - MAX_CONTAINMENTS)
                                : "",
                        seen.lost() == 0
                                ? ""
                                : "; and %s that it could not tell apart"
                                        .formatted(counted(seen.lost(), "packet")));
    }

    private String share(ContainmentId id, DeniedFlowsSeen seen) {
        var ways = new LinkedHashMap<Way, Long>();
        for (var flow : seen.flows()) {
            if (flow.containment().equals(id)) {
                var way = new Way(flow.direction(), flow.peer(), flow.port(), flow.protocol());
                ways.merge(way, flow.packets(), Long::sum);
            }
        }
        var packets = ways.values().stream().mapToLong(Long::longValue).sum();
        return "%s in %s of %s: %s"
                .formatted(
                        counted(packets, "packet"),
                        counted(ways.size(), "flow"),
                        subjects.apply(id).map(of -> "%s (%s)".formatted(of, id)).orElse("" + id),
                        ways(ways));
    }

    /// The most frequent first.
    private static String ways(Map<Way, Long> ways) {
        var said = new ArrayList<String>();
        ways.entrySet().stream()
                .sorted(Map.Entry.<Way, Long>comparingByValue(Comparator.reverseOrder()))
                .limit(MAX_PEERS)
                .forEach(each -> said.add(way(each.getKey()) + " " + times(each.getValue())));
        var more = ways.size() - said.size();
        return String.join(", ", said)
                + (more > 0 ? " and %s".formatted(counted(more, "more flow")) : "");
    }

    private static String way(Way way) {
        var opened = way.direction() != Direction.INGRESS;
        if (way.port() == 0) {
            return "%s %s by %s".formatted(opened ? "to" : "from", way.peer(), way.protocol());
        }
        return opened
                ? "to %s:%d/%s".formatted(host(way.peer()), way.port(), way.protocol())
                : "from %s to port %d/%s".formatted(way.peer(), way.port(), way.protocol());
    }

    private static String host(String peer) {
        return peer.contains(":") ? "[" + peer + "]" : peer;
    }

    private static String times(long count) {
        return count == 1 ? "once" : count + " times";
    }

    private static String counted(long count, String what) {
        return "%d %s%s".formatted(count, what, count == 1 ? "" : "s");
    }
}
