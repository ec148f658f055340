package dev.firebreak.commandside.enforcer;

import dev.firebreak.commandside.command.Command;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.Reason;
import dev.firebreak.eventlog.term.Responder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/// What can be asked of, or said by, an enforcer. Hashes are SHA-256 in hex.
public sealed interface EnforcerCommand extends Command {

    EnforcerName enforcer();

    @Override
    @TargetAggregateIdentifier
    default String target() {
        return "enforcer/" + enforcer();
    }

    /// Hands out a one-time token; only its hash comes here.
    record OfferEnrolment(
            EnforcerName enforcer, String tokenHash, Instant expiresAt, Responder by, Instant at)
            implements EnforcerCommand {}

    /// Uses the token: refused when unknown, used, expired or meant for another name.
    record EnrolEnforcer(
            EnforcerName enforcer,
            String tokenHash,
            String certificate,
            Instant certificateEndsAt,
            Instant at)
            implements EnforcerCommand {}

    /// Exchanges the `presented` certificate, which must be the current one, for a new one.
    record RenewCertificate(
            EnforcerName enforcer,
            String presented,
            String certificate,
            Instant certificateEndsAt,
            Instant at)
            implements EnforcerCommand {}

    /// Its channel came up with this certificate: refused when that is not the enforcer's.
    record ConnectEnforcer(
            EnforcerName enforcer,
            String certificate,
            String version,
            String kernel,
            String bootId,
            List<String> neverDeny,
            Instant at)
            implements EnforcerCommand {

        /// As many as an agent takes from its configuration.
        public static final int MOST_LIFELINES = 1_024;

        public ConnectEnforcer {
            neverDeny = neverDeny.stream().limit(MOST_LIFELINES).toList();
        }
    }

    /// Somebody came with the certificate of one that is connected and alive, and was turned away.
    record RecordCopy(
            EnforcerName enforcer, String certificate, String from, String copyFrom, Instant at)
            implements EnforcerCommand {

        /// Whoever has a copy tries again and again; one event in this time tells enough of it.
        public static final Duration SAID_EVERY = Duration.ofMinutes(1);
    }

    /// It put right what somebody had changed behind its back.
    record RecordRepair(
            EnforcerName enforcer,
            String certificate,
            int differences,
            int count,
            List<ContainmentId> containments,
            Instant at)
            implements EnforcerCommand {

        /// An agent gathers for twice as long; one that tells more often is not believed more.
        public static final Duration SAID_EVERY = Duration.ofSeconds(30);

        /// More are counted, not named.
        public static final int MOST_NAMED = 100;

        public RecordRepair {
            containments = containments.stream().limit(MOST_NAMED).toList();
        }
    }

    record RecordSilence(EnforcerName enforcer, Instant lastHeardAt, Instant at)
            implements EnforcerCommand {}

    record RevokeEnforcer(EnforcerName enforcer, Reason reason, Responder by, Instant at)
            implements EnforcerCommand {}
}
