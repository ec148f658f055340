package dev.firebreak.commandside.control;

import static org.axonframework.modelling.command.AggregateCreationPolicy.CREATE_IF_MISSING;

import dev.firebreak.commandside.control.ControlCommand.FreezeAutomation;
import dev.firebreak.commandside.control.ControlCommand.ThawAutomation;
import dev.firebreak.commandside.shell.Handled;
import dev.firebreak.eventlog.event.control.ControlEvent;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;

/// Lends an [Automation] to Axon.
@AggregateRoot(type = "control")
final class AutomationAggregate {

    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // Axon reads it.
    private String stream;

    private Automation state = Automation.AT_LARGE;

    /// For Axon, which then plays what happened.
    AutomationAggregate() {
        this("");
    }

    AutomationAggregate(String stream) {
        this.stream = stream;
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    Handled handle(FreezeAutomation command) {
        return decide(command);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    Handled handle(ThawAutomation command) {
        return decide(command);
    }

    private Handled decide(ControlCommand command) {
        return Handled.append(Automation.decide(state, command));
    }

    @EventSourcingHandler
    void on(ControlEvent event) {
        stream = event.stream();
        state = Automation.evolve(state, event);
    }
}
