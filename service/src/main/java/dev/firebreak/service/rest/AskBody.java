package dev.firebreak.service.rest;

import dev.firebreak.eventlog.term.Ask;
import dev.firebreak.eventlog.term.Direction;
import dev.firebreak.eventlog.term.Effect;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.Peer;
import dev.firebreak.eventlog.term.Ports;
import dev.firebreak.eventlog.term.Scope;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is to be cut. Left out, the peer is everyone, the direction both, the ports all.
record AskBody(
        @Nullable Scope subject, // absent when left out
        @Nullable Peer peer, // absent means everyone
        @Nullable Direction direction, // absent means both
        @Nullable Ports ports, // absent means all
        @Nullable List<EnforcerName> on, // absent means wherever it is held
        @Nullable Effect effect) { // absent means deny

    Ask ask() {
        return new Ask(
                Body.or(effect, Effect.DENY),
                Body.need(subject, "subject"),
                Body.or(peer, Peer.EVERYONE),
                Body.or(direction, Direction.BOTH),
                Body.or(ports, Ports.ALL),
                Body.or(on, List.of()));
    }
}
