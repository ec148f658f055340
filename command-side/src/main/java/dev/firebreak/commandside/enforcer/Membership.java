package dev.firebreak.commandside.enforcer;

import dev.firebreak.commandside.command.Decision;
import dev.firebreak.commandside.enforcer.EnforcerCommand.ConnectEnforcer;
import dev.firebreak.commandside.enforcer.EnforcerCommand.EnrolEnforcer;
import dev.firebreak.commandside.enforcer.EnforcerCommand.OfferEnrolment;
import dev.firebreak.commandside.enforcer.EnforcerCommand.RecordCopy;
import dev.firebreak.commandside.enforcer.EnforcerCommand.RecordSilence;
import dev.firebreak.commandside.enforcer.EnforcerCommand.RenewCertificate;
import dev.firebreak.commandside.enforcer.EnforcerCommand.RevokeEnforcer;
import dev.firebreak.commandside.guardrail.Guardrails;
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent;
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent.CertificateRenewed;
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent.CopyTurnedAway;
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent.EnforcerConnected;
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent.EnforcerEnrolled;
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent.EnforcerRevoked;
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent.EnforcerSilent;
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent.EnrolmentOffered;
import java.time.Instant;

/// Whether an enforcer is ours: by which invitation it came, which certificate it is known by, and
/// whether it is heard. `copySaidAt` is when a copy of its certificate was last said to be about.
record Membership(Invitation invitation, Identity identity, Channel channel, Instant copySaidAt) {

    static final Membership NONE =
            new Membership(
                    new Invitation.None(), new Identity.None(), new Channel.Never(), Instant.EPOCH);

    /// A one-time token, known by its hash.
    sealed interface Invitation {
        record None() implements Invitation {}

        record Open(EnrolmentOffered offer) implements Invitation {}

        /// Kept, so that the same enrolment heard twice is one.
        record Used(String tokenHash) implements Invitation {}
    }

    /// Whether something was heard since.
    sealed interface Channel {
        record Never() implements Channel {}

        record Up(EnforcerConnected since) implements Channel {}

        record Silent() implements Channel {}
    }

    static Decision<EnforcerEvent> decide(
            Membership state, EnforcerCommand command, Guardrails guardrails) {
        return switch (command) {
            case OfferEnrolment offer -> Enrolment.decide(offer, guardrails);
            case EnrolEnforcer enrolment -> Enrolment.decide(state, enrolment);
            case RenewCertificate renewal -> Enrolment.decide(state, renewal);
            case RevokeEnforcer revocation -> Enrolment.decide(state, revocation, guardrails);
            case ConnectEnforcer connection -> Connection.decide(state, connection);
            case RecordCopy copy -> Connection.decide(state, copy);
            case RecordSilence silence -> Connection.decide(state, silence);
        };
    }

    static Membership evolve(Membership state, EnforcerEvent event) {
        return switch (event) {
            case EnrolmentOffered offer ->
                    new Membership(
                            new Invitation.Open(offer),
                            state.identity(),
                            state.channel(),
                            state.copySaidAt());
            case EnforcerEnrolled enrolled -> state.enrolled(enrolled);
            case CertificateRenewed renewed -> state.with(state.identity().renewed(renewed));
            case EnforcerConnected connected ->
                    state.with(state.identity().connectedBy(connected.certificate()))
                            .with(new Channel.Up(connected));
            case EnforcerSilent _ -> state.with(new Channel.Silent());
            case CopyTurnedAway copy ->
                    new Membership(
                            state.invitation(), state.identity(), state.channel(), copy.at());
            case EnforcerRevoked _ ->
                    new Membership(
                            new Invitation.None(),
                            new Identity.Revoked(),
                            new Channel.Silent(),
                            state.copySaidAt());
        };
    }

    private Membership enrolled(EnforcerEnrolled enrolled) {
        var used =
                switch (invitation) {
                    case Invitation.Open(var offer) -> new Invitation.Used(offer.tokenHash());
                    case Invitation.None _, Invitation.Used _ -> invitation;
                };
        return new Membership(used, Identity.by(enrolled), new Channel.Never(), copySaidAt);
    }

    private Membership with(Identity newIdentity) {
        return new Membership(invitation, newIdentity, channel, copySaidAt);
    }

    private Membership with(Channel newChannel) {
        return new Membership(invitation, identity, newChannel, copySaidAt);
    }
}
