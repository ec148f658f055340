package dev.firebreak.eventlog.event.enforcer;

import dev.firebreak.eventlog.event.Event;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.Reason;
import dev.firebreak.eventlog.term.ResponderName;
import java.time.Instant;
import java.util.List;

/// The life of an enforcer: invited, enrolled, heard, silent, revoked.
public sealed interface EnforcerEvent extends Event {

    EnforcerName enforcer();

    @Override
    default String stream() {
        return "enforcer/" + enforcer();
    }

    /// A one-time token was handed out; only its SHA-256 (hex) is kept.
    record EnrolmentOffered(
            EnforcerName enforcer,
            String tokenHash,
            Instant expiresAt,
            ResponderName by,
            Instant at)
            implements EnforcerEvent {}

    /// The token was used; from now on the certificate with this SHA-256 (hex) is the enforcer.
    record EnforcerEnrolled(
            EnforcerName enforcer, String certificate, Instant certificateEndsAt, Instant at)
            implements EnforcerEvent {}

    record CertificateRenewed(
            EnforcerName enforcer, String certificate, Instant certificateEndsAt, Instant at)
            implements EnforcerEvent {}

    /// Its channel is up, by this certificate; during a renewal that retires the older one.
    /// `neverDeny` is what it will not cut, whoever asks, in its own words: `10.0.0.5 8443/tcp`.
    record EnforcerConnected(
            EnforcerName enforcer,
            String certificate,
            String version,
            String kernel,
            String bootId,
            List<String> neverDeny,
            Instant at)
            implements EnforcerEvent {
        public EnforcerConnected {
            neverDeny = List.copyOf(neverDeny);
        }
    }

    /// Nothing was heard for longer than a heartbeat allows: what it holds is unknown.
    record EnforcerSilent(EnforcerName enforcer, Instant lastHeardAt, Instant at)
            implements EnforcerEvent {}

    /// Somebody came with its certificate from `copyFrom` while it was connected from `from` and
    /// alive, and was turned away.
    record CopyTurnedAway(
            EnforcerName enforcer, String certificate, String from, String copyFrom, Instant at)
            implements EnforcerEvent {}

    /// Somebody had changed what it holds behind its back, and it was put right. Since it last
    /// looked, ten seconds before or when it last ran, `count` denies may not have held, the first
    /// of them named.
    record TamperingRepaired(
            EnforcerName enforcer,
            int differences,
            int count,
            List<ContainmentId> containments,
            Instant at)
            implements EnforcerEvent {
        public TamperingRepaired {
            containments = List.copyOf(containments);
        }
    }

    record EnforcerRevoked(EnforcerName enforcer, Reason reason, ResponderName by, Instant at)
            implements EnforcerEvent {}
}
