package dev.firebreak.commandside.control;

import dev.firebreak.commandside.command.Command;
import dev.firebreak.eventlog.term.Reason;
import dev.firebreak.eventlog.term.Responder;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/// What can be asked of Firebreak as a whole.
public sealed interface ControlCommand extends Command {

    @Override
    @TargetAggregateIdentifier
    default String target() {
        return "control/automation";
    }

    record FreezeAutomation(Reason reason, Responder by, Instant at) implements ControlCommand {}

    record ThawAutomation(Reason reason, Responder by, Instant at) implements ControlCommand {}
}
