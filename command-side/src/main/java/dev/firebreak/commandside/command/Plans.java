package dev.firebreak.commandside.command;

import dev.firebreak.eventlog.term.Ask;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.Plan;

/// Draws up what an ask comes to, from the whole log up to now. Drawing changes nothing.
public interface Plans {

    /// The plan, and the containment it would be: the running one if this is asked for already.
    record Drawn(ContainmentId containment, Plan plan) {}

    Drawn draw(Ask ask);
}
