package dev.firebreak.eventlog.event.control;

import dev.firebreak.eventlog.event.Event;
import dev.firebreak.eventlog.term.Reason;
import dev.firebreak.eventlog.term.ResponderName;
import java.time.Instant;

/// What concerns Firebreak as a whole.
public sealed interface ControlEvent extends Event {

    /// Automations may no longer ask for anything; people still may, and every end still comes.
    record AutomationFrozen(Reason reason, ResponderName by, Instant at) implements ControlEvent {
        @Override
        public String stream() {
            return "control/automation";
        }
    }

    record AutomationThawed(Reason reason, ResponderName by, Instant at) implements ControlEvent {
        @Override
        public String stream() {
            return "control/automation";
        }
    }

    /// Somebody asked for something that the rules refuse. `detail` reads behind command and target
    /// in a sentence, `by 4h`, and may be empty. Recorded within a budget; `unrecorded` counts the
    /// refusals before this one that were over it.
    record CommandRefused(
            String command,
            String target,
            String detail,
            String code,
            String sentence,
            ResponderName by,
            long unrecorded,
            Instant at)
            implements ControlEvent {
        public static final String STREAM = "control/refusals";

        @Override
        public String stream() {
            return STREAM;
        }
    }
}
