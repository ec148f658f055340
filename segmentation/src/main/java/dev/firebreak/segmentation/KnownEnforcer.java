package dev.firebreak.segmentation;

import dev.firebreak.eventlog.event.enforcer.EnforcerEvent.CertificateRenewed;
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent.EnforcerConnected;
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent.EnforcerEnrolled;
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent.EnforcerRevoked;
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent.EnforcerSilent;
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent.EnrolmentOffered;
import dev.firebreak.eventlog.term.EnforcerName;
import java.time.Instant;
import java.util.List;

/// An enforcer as far as the log knows it. `certificate` is the SHA-256 (hex) of the newest one it
/// was given, empty before it enrolled and after it was revoked; `formerCertificate` is the one
/// before, until the newest was first used, and else empty. `version`, `kernel` and `bootId` are
/// empty before it was ever connected, and so is `neverDeny`, what it will not cut; `heardAt` is
/// when the log last learned that it lives.
public record KnownEnforcer(
        EnforcerName name,
        Standing standing,
        String certificate,
        Instant certificateEndsAt,
        String formerCertificate,
        String version,
        String kernel,
        String bootId,
        List<String> neverDeny,
        Instant heardAt) {

    public KnownEnforcer {
        neverDeny = List.copyOf(neverDeny);
    }

    /// Where an enforcer stands with us.
    public enum Standing {
        /// It was handed a token and has not used it.
        OFFERED,
        /// It used its token and has not been connected since.
        ENROLLED,
        CONNECTED,
        /// What it holds is unknown.
        SILENT,
        REVOKED;

        /// Whether it may be given anything to hold.
        public boolean isEnrolled() {
            return this == ENROLLED || this == CONNECTED || this == SILENT;
        }
    }

    /// Whether whoever presents this certificate is this enforcer.
    public boolean isKnownBy(String presented) {
        return standing.isEnrolled()
                && (presented.equals(certificate)
                        || (!formerCertificate.isEmpty() && presented.equals(formerCertificate)));
    }

    static KnownEnforcer offered(EnrolmentOffered event) {
        return new KnownEnforcer(
                event.enforcer(),
                Standing.OFFERED,
                "",
                Instant.EPOCH,
                "",
                "",
                "",
                "",
                List.of(),
                Instant.EPOCH);
    }

    static KnownEnforcer enrolled(EnforcerEnrolled event) {
        return new KnownEnforcer(
                event.enforcer(),
                Standing.ENROLLED,
                event.certificate(),
                event.certificateEndsAt(),
                "",
                "",
                "",
                "",
                List.of(),
                event.at());
    }

    KnownEnforcer renewed(CertificateRenewed event) {
        return new KnownEnforcer(
                name,
                standing,
                event.certificate(),
                event.certificateEndsAt(),
                certificate,
                version,
                kernel,
                bootId,
                neverDeny,
                event.at());
    }

    KnownEnforcer connected(EnforcerConnected event) {
        return new KnownEnforcer(
                name,
                Standing.CONNECTED,
                certificate,
                certificateEndsAt,
                event.certificate().equals(certificate) ? "" : formerCertificate,
                event.version(),
                event.kernel(),
                event.bootId(),
                event.neverDeny(),
                event.at());
    }

    KnownEnforcer heard(Instant at) {
        return new KnownEnforcer(
                name,
                standing,
                certificate,
                certificateEndsAt,
                formerCertificate,
                version,
                kernel,
                bootId,
                neverDeny,
                at.isAfter(heardAt) ? at : heardAt);
    }

    KnownEnforcer silent(EnforcerSilent event) {
        return new KnownEnforcer(
                name,
                Standing.SILENT,
                certificate,
                certificateEndsAt,
                formerCertificate,
                version,
                kernel,
                bootId,
                neverDeny,
                event.lastHeardAt());
    }

    KnownEnforcer revoked(EnforcerRevoked event) {
        return new KnownEnforcer(
                event.enforcer(),
                Standing.REVOKED,
                "",
                Instant.EPOCH,
                "",
                version,
                kernel,
                bootId,
                neverDeny,
                heardAt);
    }
}
