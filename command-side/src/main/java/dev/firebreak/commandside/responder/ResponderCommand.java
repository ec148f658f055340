package dev.firebreak.commandside.responder;

import dev.firebreak.commandside.command.Command;
import dev.firebreak.eventlog.term.Responder;
import dev.firebreak.eventlog.term.ResponderName;
import dev.firebreak.eventlog.term.Role;
import dev.firebreak.eventlog.term.SlackUser;
import java.time.Instant;
import java.util.Locale;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/// What can be asked about who may ask.
public sealed interface ResponderCommand extends Command {

    ResponderName responder();

    @Override
    @TargetAggregateIdentifier
    default String target() {
        return "responder/" + responder();
    }

    record EnlistResponder(ResponderName responder, Role role, Responder by, Instant at)
            implements ResponderCommand {

        @Override
        public String detail() {
            return "as " + role.name().toLowerCase(Locale.ROOT);
        }
    }

    record ChangeRole(ResponderName responder, Role role, Responder by, Instant at)
            implements ResponderCommand {

        @Override
        public String detail() {
            return "to " + role.name().toLowerCase(Locale.ROOT);
        }
    }

    record LinkSlackUser(ResponderName responder, SlackUser slackUser, Responder by, Instant at)
            implements ResponderCommand {}

    record UnlinkSlackUser(ResponderName responder, SlackUser slackUser, Responder by, Instant at)
            implements ResponderCommand {}

    /// A bearer token; only its SHA-256 (hex) comes here.
    record IssueToken(
            ResponderName responder,
            String tokenId,
            String tokenHash,
            Instant expiresAt,
            Responder by,
            Instant at)
            implements ResponderCommand {}

    record RevokeToken(ResponderName responder, String tokenId, Responder by, Instant at)
            implements ResponderCommand {}

    record DismissResponder(ResponderName responder, Responder by, Instant at)
            implements ResponderCommand {}
}
