package dev.firebreak.commandside.enforcer;

import dev.firebreak.commandside.command.Decision;
import dev.firebreak.commandside.enforcer.EnforcerCommand.ConnectEnforcer;
import dev.firebreak.commandside.enforcer.EnforcerCommand.EnrolEnforcer;
import dev.firebreak.commandside.enforcer.EnforcerCommand.OfferEnrolment;
import dev.firebreak.commandside.enforcer.EnforcerCommand.RecordCopy;
import dev.firebreak.commandside.enforcer.EnforcerCommand.RecordRepair;
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
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent.TamperingRepaired;
import java.time.Instant;

/// Whether an enforcer is ours: by which invitation it came, which certificate it is known by, and
/// whether it is heard. `said` is what need not be said again at once.
record Membership(Invitation invitation, Identity identity, Channel channel, Said said) {

    static final Membership NONE =
            new Membership(
                    new Invitation.None(), new Identity.None(), new Channel.Never(), Said.NOTHING);

    /// A one-time token, known by its hash.
    sealed interface Invitation {
        record None() implements Invitation {}

        record Open(EnrolmentOffered offer) implements Invitation {}

        /// Kept, so that the same enrolment heard twice is one.
        record Used(String tokenHash) implements Invitation {}
    }

    /// When it was last said that a copy of its certificate is about, and that it repaired what it
    /// holds.
    record Said(Instant copyAt, Instant repairAt) {
        static final Said NOTHING = new Said(Instant.EPOCH, Instant.EPOCH);
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
            case RecordRepair repair -> Connection.decide(state, repair);
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
                            state.said());
            case EnforcerEnrolled enrolled -> state.enrolled(enrolled);
            case CertificateRenewed renewed -> state.with(state.identity().renewed(renewed));
            case EnforcerConnected connected ->
                    state.with(state.identity().connectedBy(connected.certificate()))
                            .with(new Channel.Up(connected));
            case EnforcerSilent _ -> state.with(new Channel.Silent());
            case CopyTurnedAway copy ->
                    new Membership(
                            state.invitation(),
                            state.identity(),
                            state.channel(),
                            new Said(copy.at(), state.said().repairAt()));
            case TamperingRepaired repaired ->
                    new Membership(
                            state.invitation(),
                            state.identity(),
                            state.channel(),
                            new Said(state.said().copyAt(), repaired.at()));
            case EnforcerRevoked _ ->
                    new Membership(
                            new Invitation.None(),
                            new Identity.Revoked(),
                            new Channel.Silent(),
                            state.said());
        };
    }

    private Membership enrolled(EnforcerEnrolled enrolled) {
        var used =
                switch (invitation) {
                    case Invitation.Open(var offer) -> new Invitation.Used(offer.tokenHash());
                    case Invitation.None _, Invitation.Used _ -> invitation;
                };
        return new Membership(used, Identity.by(enrolled), new Channel.Never(), said);
    }

    private Membership with(Identity newIdentity) {
        return new Membership(invitation, newIdentity, channel, said);
    }

    private Membership with(Channel newChannel) {
        return new Membership(invitation, identity, newChannel, said);
    }
}
