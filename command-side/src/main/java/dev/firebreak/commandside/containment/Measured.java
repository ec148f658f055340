package dev.firebreak.commandside.containment;

import dev.firebreak.eventlog.event.containment.ContainmentEvent.Contained;
import dev.firebreak.eventlog.term.EnforcerName;
import java.util.List;
import java.util.Set;

/// What was last said to be true of a running containment, so that it is said again only when it
/// has changed.
sealed interface Measured {

    Measured NOT_YET = new NotYet();

    record NotYet() implements Measured {}

    /// Every part is in force; `throughout` when every one was also probed. What was probed once
    /// counts as probed, or each push anew would take it back for a moment.
    record Whole(boolean throughout) implements Measured {}

    record Except(Set<EnforcerName> parts) implements Measured {
        Except(List<EnforcerName> parts) {
            this(Set.copyOf(parts));
        }
    }

    static Measured of(Contained contained, Containment.Running running) {
        return new Whole(
                Set.copyOf(contained.verified()).containsAll(running.parts().standings().keySet()));
    }

    /// The truth about these parts, said at the earliest when none is still awaited for the first
    /// time. What was said once is taken back at once when a part falls out of force.
    static Measured of(Parts parts, Measured before) {
        if (parts.allInForce()) {
            return new Whole(
                    before.equals(new Whole(true))
                            || parts.verified().containsAll(parts.standings().keySet()));
        }
        if (parts.allAnswered() || !before.equals(NOT_YET)) {
            return new Except(parts.notInForce());
        }
        return NOT_YET;
    }
}
