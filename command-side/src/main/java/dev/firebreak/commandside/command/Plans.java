package dev.firebreak.commandside.command;

import dev.firebreak.commandside.command.Outcome.Refused;
import dev.firebreak.eventlog.term.Ask;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.Plan;
import java.util.Map;

/// Draws up what an ask comes to, from the whole log up to now. Drawing changes nothing.
public interface Plans {

    /// What came of drawing.
    sealed interface Drawing {}

    /// The plan, and the containment it would be: the running one if this is asked for already.
    /// `laws` are those of its enforcers that would refuse it, or leave something open, by their
    /// own law; each with a sentence that follows on "but".
    record Drawn(ContainmentId containment, Plan plan, Map<EnforcerName, String> laws)
            implements Drawing {
        public Drawn {
            laws = Map.copyOf(laws);
        }
    }

    /// The ask names something that does not exist; the refusal says so, and what is close to it.
    record Unknown(Refused refusal) implements Drawing {}

    Drawing draw(Ask ask);
}
