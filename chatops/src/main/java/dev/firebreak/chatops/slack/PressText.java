package dev.firebreak.chatops.slack;

import dev.firebreak.chatops.Reply.Offer;
import dev.firebreak.chatops.grammar.Request;
import dev.firebreak.eventlog.term.Ask;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.Direction;
import dev.firebreak.eventlog.term.Effect;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.IncidentId;
import dev.firebreak.eventlog.term.Peer;
import dev.firebreak.eventlog.term.PlanHash;
import dev.firebreak.eventlog.term.Ports;
import dev.firebreak.eventlog.term.Reason;
import dev.firebreak.eventlog.term.Scope;
import dev.firebreak.eventlog.term.Ttl;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// A [Press] as fields between separators that no word of ours can hold, and back.
final class PressText {

    private static final String SEPARATOR = "\u001f";

    private PressText() {}

    static String write(Press press) {
        return switch (press) {
            case Press.Apply(var id, var offer, var person, var until) ->
                    join("apply", id, person, until.getEpochSecond(), offer(offer));
            case Press.Cancel() -> "cancel";
            case Press.Approve(var id, var looked) -> join("approve", id, looked);
            case Press.Decline(var id) -> join("decline", id);
            case Press.Extend(var id, var longer) -> join("extend", id, longer);
            case Press.Release(var id) -> join("release", id);
        };
    }

    /// Reads what [#write] wrote; anything else is an [IllegalArgumentException].
    static Press read(String text) {
        var fields = List.of(text.split(SEPARATOR, -1));
        return switch (fields.getFirst()) {
            case "apply" ->
                    new Press.Apply(
                            id(fields),
                            offer(fields.subList(4, fields.size())),
                            fields.get(2),
                            Instant.ofEpochSecond(Long.parseLong(fields.get(3))));
            case "cancel" -> new Press.Cancel();
            case "approve" -> new Press.Approve(id(fields), new PlanHash(fields.get(2)));
            case "decline" -> new Press.Decline(id(fields));
            case "extend" -> new Press.Extend(id(fields), Ttl.parse(fields.get(2)));
            case "release" -> new Press.Release(id(fields));
            default -> throw new IllegalArgumentException("not a press");
        };
    }

    private static ContainmentId id(List<String> fields) {
        return new ContainmentId(fields.get(1));
    }

    private static String offer(Offer offer) {
        var request = offer.request();
        var ask = request.ask();
        return join(
                offer.looked(),
                ask.effect(),
                ask.subject(),
                ask.peer(),
                ask.direction(),
                ask.ports(),
                ask.on().stream().map(Object::toString).collect(Collectors.joining(",")),
                request.ttl(),
                request.reason(),
                request.incident());
    }

    private static Offer offer(List<String> fields) {
        var ask =
                new Ask(
                        Effect.valueOf(fields.get(1)),
                        Scope.parse(fields.get(2)),
                        Peer.parse(fields.get(3)),
                        Direction.valueOf(fields.get(4)),
                        Ports.parse(fields.get(5)),
                        enforcers(fields.get(6)));
        var request =
                new Request.Contain(
                        ask,
                        Ttl.parse(fields.get(7)),
                        new Reason(fields.get(8)),
                        new IncidentId(fields.get(9)));
        return new Offer(request, new PlanHash(fields.get(0)));
    }

    private static List<EnforcerName> enforcers(String text) {
        return text.isEmpty()
                ? List.of()
                : Arrays.stream(text.split(",")).map(EnforcerName::parse).toList();
    }

    private static String join(Object... fields) {
        return Arrays.stream(fields).map(Object::toString).collect(Collectors.joining(SEPARATOR));
    }
}
