package dev.firebreak.commandside.enforcer;

import dev.firebreak.eventlog.event.enforcer.EnforcerEvent.CertificateRenewed;
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent.EnforcerEnrolled;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;

/// The certificates an enforcer is known by.
sealed interface Identity {

    record Certificate(String hash, Instant endsAt) {
        /// In constant time, like every comparison with what somebody presents.
        boolean is(String presented) {
            return sameHash(hash, presented);
        }

        boolean isValid(Instant at) {
            return at.isBefore(endsAt);
        }
    }

    record None() implements Identity {}

    record Known(Certificate certificate) implements Identity {}

    /// A newer certificate was given out. Both count until the newer one connects, for the enforcer
    /// may have crashed before it could keep it.
    record Renewing(Certificate older, Certificate newer) implements Identity {}

    record Revoked() implements Identity {}

    static Identity by(EnforcerEnrolled enrolled) {
        return new Known(new Certificate(enrolled.certificate(), enrolled.certificateEndsAt()));
    }

    /// Whether this certificate is the enforcer's at that moment.
    default boolean accepts(String presented, Instant at) {
        return switch (this) {
            case None _, Revoked _ -> false;
            case Known(var certificate) -> certificate.is(presented) && certificate.isValid(at);
            case Renewing(var older, var newer) ->
                    new Known(older).accepts(presented, at)
                            || new Known(newer).accepts(presented, at);
        };
    }

    default Identity renewed(CertificateRenewed event) {
        var next = new Certificate(event.certificate(), event.certificateEndsAt());
        return switch (this) {
            case Known(var certificate) -> new Renewing(certificate, next);
            case Renewing(var older, _) -> new Renewing(older, next);
            case None _, Revoked _ ->
                    throw new IllegalStateException(event.stream() + ": renewed without identity");
        };
    }

    default Identity connectedBy(String certificate) {
        return switch (this) {
            case Renewing(_, var newer) when newer.is(certificate) -> new Known(newer);
            case None _, Known _, Renewing _, Revoked _ -> this;
        };
    }

    static boolean sameHash(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
