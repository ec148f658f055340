package dev.firebreak.commandside.deployment;

import static org.axonframework.modelling.command.AggregateCreationPolicy.CREATE_IF_MISSING;

import dev.firebreak.commandside.deployment.DeploymentCommand.DeployWorkload;
import dev.firebreak.commandside.deployment.DeploymentCommand.RetireWorkload;
import dev.firebreak.commandside.guardrail.Guardrails;
import dev.firebreak.commandside.shell.Handled;
import dev.firebreak.eventlog.event.deployment.DeploymentEvent;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;

/// Lends a [Workload] to Axon.
@AggregateRoot(type = "workload")
final class WorkloadAggregate {

    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // Axon reads it.
    private String stream;

    private Workload state = Workload.UNKNOWN;

    /// For Axon, which then plays what happened.
    WorkloadAggregate() {
        this("");
    }

    WorkloadAggregate(String stream) {
        this.stream = stream;
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    Handled handle(DeployWorkload command, Guardrails guardrails) {
        return decide(command, guardrails);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    Handled handle(RetireWorkload command, Guardrails guardrails) {
        return decide(command, guardrails);
    }

    private Handled decide(DeploymentCommand command, Guardrails guardrails) {
        return Handled.append(Workload.decide(state, command, guardrails));
    }

    @EventSourcingHandler
    void on(DeploymentEvent event) {
        stream = event.stream();
        state = Workload.evolve(state, event);
    }
}
