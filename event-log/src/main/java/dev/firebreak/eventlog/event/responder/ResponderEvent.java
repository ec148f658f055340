package dev.firebreak.eventlog.event.responder;

import dev.firebreak.eventlog.event.Event;
import dev.firebreak.eventlog.term.ResponderName;
import dev.firebreak.eventlog.term.Role;
import dev.firebreak.eventlog.term.SlackUser;
import java.time.Instant;

/// The life of a responder: who may ask for something, and how we know that it is them.
public sealed interface ResponderEvent extends Event {

    ResponderName responder();

    @Override
    default String stream() {
        return "responder/" + responder();
    }

    record ResponderEnlisted(ResponderName responder, Role role, ResponderName by, Instant at)
            implements ResponderEvent {}

    record RoleChanged(ResponderName responder, Role role, ResponderName by, Instant at)
            implements ResponderEvent {}

    record SlackUserLinked(
            ResponderName responder, SlackUser slackUser, ResponderName by, Instant at)
            implements ResponderEvent {}

    record SlackUserUnlinked(
            ResponderName responder, SlackUser slackUser, ResponderName by, Instant at)
            implements ResponderEvent {}

    /// A bearer token was handed out; only its SHA-256 (hex) is kept, and a short id to revoke it
    /// by.
    record TokenIssued(
            ResponderName responder,
            String tokenId,
            String tokenHash,
            Instant expiresAt,
            ResponderName by,
            Instant at)
            implements ResponderEvent {}

    record TokenRevoked(ResponderName responder, String tokenId, ResponderName by, Instant at)
            implements ResponderEvent {}

    /// Nothing is accepted from them any more, by whatever identity.
    record ResponderDismissed(ResponderName responder, ResponderName by, Instant at)
            implements ResponderEvent {}
}
