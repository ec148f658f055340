package dev.firebreak.commandside.shell;

import dev.firebreak.commandside.command.Decision;
import dev.firebreak.eventlog.event.Event;
import org.axonframework.modelling.command.AggregateLifecycle;

/// What an aggregate answers: its decision, and how many events it knew of its stream when it made
/// it. Where nothing is written nobody would notice a decision on an old state otherwise.
public record Handled(Decision<? extends Event> decision, long eventsKnown) {

    /// Called by an aggregate while it handles a command.
    public static Handled append(Decision<? extends Event> decision) {
        var version = AggregateLifecycle.getVersion();
        decision.events().forEach(AggregateLifecycle::apply);
        return new Handled(decision, version == null ? 0 : version + 1);
    }
}
