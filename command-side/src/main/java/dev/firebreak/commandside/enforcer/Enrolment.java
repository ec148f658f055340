package dev.firebreak.commandside.enforcer;

import dev.firebreak.commandside.command.Decision;
import dev.firebreak.commandside.command.RefusalCode;
import dev.firebreak.commandside.enforcer.EnforcerCommand.EnrolEnforcer;
import dev.firebreak.commandside.enforcer.EnforcerCommand.OfferEnrolment;
import dev.firebreak.commandside.enforcer.EnforcerCommand.RenewCertificate;
import dev.firebreak.commandside.enforcer.EnforcerCommand.RevokeEnforcer;
import dev.firebreak.commandside.enforcer.Membership.Invitation;
import dev.firebreak.commandside.guardrail.Guardrails;
import dev.firebreak.commandside.guardrail.Permission;
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent;
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent.CertificateRenewed;
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent.EnforcerEnrolled;
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent.EnforcerRevoked;
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent.EnrolmentOffered;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.Phrases;
import dev.firebreak.eventlog.term.Responder;
import dev.firebreak.eventlog.term.Role;
import java.time.Duration;

/// Deciding on who becomes and who stays one of our enforcers.
final class Enrolment {

    /// A token lies about until it is used; longer than a day it would only wait for a thief.
    static final Duration LONGEST_OFFER = Duration.ofDays(1);

    private Enrolment() {}

    /// A new offer replaces an older one; an enforcer that is enrolled stays so until it is used.
    static Decision<EnforcerEvent> decide(OfferEnrolment command, Guardrails guardrails) {
        var by = command.by();
        if (Permission.lacks(by, Role.ADMIN)) {
            return Permission.refused(by, Role.ADMIN, "enrol an enforcer");
        }
        if (isHeldBack(by, guardrails)) {
            return Permission.frozen(by);
        }
        var life = Duration.between(command.at(), command.expiresAt());
        if (!life.isPositive()) {
            return Decision.refused(
                    RefusalCode.TTL_TOO_SHORT,
                    "The token would have ended before it was handed out. Give it some minutes.");
        }
        if (life.compareTo(LONGEST_OFFER) > 0) {
            return Decision.refused(
                    RefusalCode.TTL_TOO_LONG,
                    "A token for enrolment lives at most %s, for whoever finds it could become %s."
                            + " Offer it again when it is needed.",
                    Phrases.span(LONGEST_OFFER),
                    command.enforcer());
        }
        return Decision.decided(
                new EnrolmentOffered(
                        command.enforcer(),
                        command.tokenHash(),
                        command.expiresAt(),
                        by.name(),
                        command.at()));
    }

    static Decision<EnforcerEvent> decide(Membership state, EnrolEnforcer command) {
        return switch (state.invitation()) {
            case Invitation.None _ -> invalidToken(command.enforcer());
            case Invitation.Used(var hash)
                    when Identity.sameHash(hash, command.tokenHash())
                            && state.identity().accepts(command.certificate(), command.at()) ->
                    Decision.stands("%s is enrolled by this already.", command.enforcer());
            case Invitation.Used(var hash) when Identity.sameHash(hash, command.tokenHash()) ->
                    Decision.refused(
                            RefusalCode.INVALID_TOKEN,
                            "The token for %s was used already. If that was not you, revoke the"
                                    + " enforcer; then ask an admin for a new token.",
                            command.enforcer());
            case Invitation.Used _ -> invalidToken(command.enforcer());
            case Invitation.Open(var offer) -> enrol(offer, command);
        };
    }

    private static Decision<EnforcerEvent> enrol(EnrolmentOffered offer, EnrolEnforcer command) {
        if (!Identity.sameHash(offer.tokenHash(), command.tokenHash())) {
            return invalidToken(command.enforcer());
        }
        if (!command.at().isBefore(offer.expiresAt())) {
            return Decision.refused(
                    RefusalCode.INVALID_TOKEN,
                    "The token for %s ended at %s. Ask an admin for a new one.",
                    command.enforcer(),
                    Phrases.time(offer.expiresAt()));
        }
        return Decision.decided(
                new EnforcerEnrolled(
                        command.enforcer(),
                        command.certificate(),
                        command.certificateEndsAt(),
                        command.at()));
    }

    /// The same answer whether there is no offer or another one: guessing tells nothing.
    private static Decision<EnforcerEvent> invalidToken(EnforcerName enforcer) {
        return Decision.refused(
                RefusalCode.INVALID_TOKEN,
                "This token does not enrol %s. Check the name it was meant for, or ask an admin for"
                        + " a new one.",
                enforcer);
    }

    static Decision<EnforcerEvent> decide(Membership state, RenewCertificate command) {
        if (!state.identity().accepts(command.presented(), command.at())) {
            return Connection.notItsCertificate(state, command.enforcer());
        }
        return state.identity().accepts(command.certificate(), command.at())
                ? Decision.stands("%s has this certificate already.", command.enforcer())
                : Decision.decided(
                        new CertificateRenewed(
                                command.enforcer(),
                                command.certificate(),
                                command.certificateEndsAt(),
                                command.at()));
    }

    static Decision<EnforcerEvent> decide(
            Membership state, RevokeEnforcer command, Guardrails guardrails) {
        var by = command.by();
        if (Permission.lacks(by, Role.ADMIN)) {
            return Permission.refused(by, Role.ADMIN, "revoke an enforcer");
        }
        if (isHeldBack(by, guardrails)) {
            return Permission.frozen(by);
        }
        var known = !state.equals(Membership.NONE);
        var open = state.invitation() instanceof Invitation.Open;
        if (!known) {
            return Decision.refused(
                    RefusalCode.UNKNOWN_ENFORCER,
                    "There is no enforcer %s. See which there are with: enforcers.",
                    command.enforcer());
        }
        return state.identity() instanceof Identity.Revoked && !open
                ? Decision.stands("%s is revoked already.", command.enforcer())
                : Decision.decided(
                        new EnforcerRevoked(
                                command.enforcer(), command.reason(), by.name(), command.at()));
    }

    /// Firebreak enrols the host it runs on at each first start, frozen or not.
    private static boolean isHeldBack(Responder by, Guardrails guardrails) {
        return !by.equals(Responder.FIREBREAK) && guardrails.holdBack(by);
    }
}
