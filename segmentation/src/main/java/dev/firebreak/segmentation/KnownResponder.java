package dev.firebreak.segmentation;

import dev.firebreak.eventlog.term.Responder;
import dev.firebreak.eventlog.term.ResponderName;
import dev.firebreak.eventlog.term.Role;
import dev.firebreak.eventlog.term.SlackUser;
import java.time.Instant;
import java.util.List;

/// Somebody who may ask, with the role held now and the identities they are known by.
public record KnownResponder(
        ResponderName name, Role role, List<SlackUser> slackUsers, List<Token> tokens) {
    public KnownResponder {
        slackUsers = List.copyOf(slackUsers);
        tokens = List.copyOf(tokens);
    }

    /// A bearer token, by the id to revoke it by and the SHA-256 (hex) to know it by.
    public record Token(String id, String hash, Instant expiresAt) {}

    /// As the one who asks, in person.
    public Responder inPerson() {
        return new Responder(name, role, Responder.Kind.PERSON);
    }
}
