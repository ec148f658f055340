package dev.firebreak.chatops.grammar;

import dev.firebreak.eventlog.term.Ask;
import dev.firebreak.eventlog.term.Direction;
import dev.firebreak.eventlog.term.Peer;
import java.util.Locale;
import java.util.stream.Collectors;

/// Writes a request the way it is typed, leaving out what is the default anyway.
final class Spelling {

    private Spelling() {}

    static String of(Request.Contain contain) {
        var line = new StringBuilder("contain ").append(of(contain.ask()));
        line.append(" --ttl ").append(contain.ttl());
        if (!contain.incident().isNone()) {
            line.append(" --incident ").append(contain.incident());
        }
        return line.append(" --reason \"").append(contain.reason()).append('"').toString();
    }

    static String of(Ask ask) {
        var line = new StringBuilder(ask.subject().toString());
        if (ask.peer() instanceof Peer.Of(var scope)) {
            line.append(" --to ").append(scope);
        }
        if (ask.direction() != Direction.BOTH) {
            line.append(" --direction ").append(ask.direction().name().toLowerCase(Locale.ROOT));
        }
        if (!ask.ports().isAll()) {
            line.append(" --ports ").append(ask.ports());
        }
        if (!ask.on().isEmpty()) {
            line.append(" --on ")
                    .append(
                            ask.on().stream()
                                    .map(Object::toString)
                                    .collect(Collectors.joining(",")));
        }
        return line.toString();
    }
}
