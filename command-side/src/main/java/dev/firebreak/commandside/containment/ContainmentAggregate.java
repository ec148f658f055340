package dev.firebreak.commandside.containment;

import static org.axonframework.modelling.command.AggregateCreationPolicy.CREATE_IF_MISSING;

import dev.firebreak.commandside.containment.ContainmentCommand.ApproveContainment;
import dev.firebreak.commandside.containment.ContainmentCommand.DeclineContainment;
import dev.firebreak.commandside.containment.ContainmentCommand.ExtendContainment;
import dev.firebreak.commandside.containment.ContainmentCommand.LapseApproval;
import dev.firebreak.commandside.containment.ContainmentCommand.RecordEnforcement;
import dev.firebreak.commandside.containment.ContainmentCommand.RecordLeftOut;
import dev.firebreak.commandside.containment.ContainmentCommand.ReleaseContainment;
import dev.firebreak.commandside.containment.ContainmentCommand.RequestContainment;
import dev.firebreak.commandside.containment.ContainmentCommand.ShortenContainment;
import dev.firebreak.commandside.guardrail.Guardrails;
import dev.firebreak.commandside.shell.Handled;
import dev.firebreak.eventlog.event.containment.ContainmentEvent;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;

/// Lends a [Containment] to Axon.
@AggregateRoot(type = "containment")
final class ContainmentAggregate {

    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // Axon reads it.
    private String stream;

    private Containment state = Containment.UNASKED;

    /// For Axon, which then plays what happened.
    ContainmentAggregate() {
        this("");
    }

    ContainmentAggregate(String stream) {
        this.stream = stream;
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    Handled handle(RequestContainment command, Guardrails guardrails) {
        return decide(command, guardrails);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    Handled handle(ApproveContainment command, Guardrails guardrails) {
        return decide(command, guardrails);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    Handled handle(DeclineContainment command, Guardrails guardrails) {
        return decide(command, guardrails);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    Handled handle(LapseApproval command, Guardrails guardrails) {
        return decide(command, guardrails);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    Handled handle(RecordEnforcement command, Guardrails guardrails) {
        return decide(command, guardrails);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    Handled handle(RecordLeftOut command, Guardrails guardrails) {
        return decide(command, guardrails);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    Handled handle(ExtendContainment command, Guardrails guardrails) {
        return decide(command, guardrails);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    Handled handle(ShortenContainment command, Guardrails guardrails) {
        return decide(command, guardrails);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    Handled handle(ReleaseContainment command, Guardrails guardrails) {
        return decide(command, guardrails);
    }

    private Handled decide(ContainmentCommand command, Guardrails guardrails) {
        return Handled.append(Containment.decide(state, command, guardrails));
    }

    @EventSourcingHandler
    void on(ContainmentEvent event) {
        stream = event.stream();
        state = Containment.evolve(state, event);
    }
}
