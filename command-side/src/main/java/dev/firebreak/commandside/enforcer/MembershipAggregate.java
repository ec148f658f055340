package dev.firebreak.commandside.enforcer;

import static org.axonframework.modelling.command.AggregateCreationPolicy.CREATE_IF_MISSING;

import dev.firebreak.commandside.enforcer.EnforcerCommand.ConnectEnforcer;
import dev.firebreak.commandside.enforcer.EnforcerCommand.EnrolEnforcer;
import dev.firebreak.commandside.enforcer.EnforcerCommand.OfferEnrolment;
import dev.firebreak.commandside.enforcer.EnforcerCommand.RecordCopy;
import dev.firebreak.commandside.enforcer.EnforcerCommand.RecordRepair;
import dev.firebreak.commandside.enforcer.EnforcerCommand.RecordSilence;
import dev.firebreak.commandside.enforcer.EnforcerCommand.RenewCertificate;
import dev.firebreak.commandside.enforcer.EnforcerCommand.RevokeEnforcer;
import dev.firebreak.commandside.guardrail.Guardrails;
import dev.firebreak.commandside.shell.Handled;
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;

/// Lends a [Membership] to Axon.
@AggregateRoot(type = "enforcer")
final class MembershipAggregate {

    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // Axon reads it.
    private String stream;

    private Membership state = Membership.NONE;

    /// For Axon, which then plays what happened.
    MembershipAggregate() {
        this("");
    }

    MembershipAggregate(String stream) {
        this.stream = stream;
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    Handled handle(OfferEnrolment command, Guardrails guardrails) {
        return decide(command, guardrails);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    Handled handle(EnrolEnforcer command, Guardrails guardrails) {
        return decide(command, guardrails);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    Handled handle(RenewCertificate command, Guardrails guardrails) {
        return decide(command, guardrails);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    Handled handle(RevokeEnforcer command, Guardrails guardrails) {
        return decide(command, guardrails);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    Handled handle(ConnectEnforcer command, Guardrails guardrails) {
        return decide(command, guardrails);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    Handled handle(RecordCopy command, Guardrails guardrails) {
        return decide(command, guardrails);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    Handled handle(RecordRepair command, Guardrails guardrails) {
        return decide(command, guardrails);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    Handled handle(RecordSilence command, Guardrails guardrails) {
        return decide(command, guardrails);
    }

    private Handled decide(EnforcerCommand command, Guardrails guardrails) {
        return Handled.append(Membership.decide(state, command, guardrails));
    }

    @EventSourcingHandler
    void on(EnforcerEvent event) {
        stream = event.stream();
        state = Membership.evolve(state, event);
    }
}
