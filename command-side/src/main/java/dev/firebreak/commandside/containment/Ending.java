package dev.firebreak.commandside.containment;

import dev.firebreak.commandside.containment.ContainmentCommand.LapseApproval;
import dev.firebreak.commandside.containment.ContainmentCommand.ReleaseContainment;
import dev.firebreak.eventlog.event.containment.ReleaseCause;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.Responder;
import java.time.Instant;

/// What is to end by itself, and when.
sealed interface Ending {

    Instant at();

    /// The time to approve it.
    record Lapse(Instant at) implements Ending {}

    /// The containment itself.
    record Expiry(Instant at) implements Ending {}

    default boolean isDue(Instant now) {
        return !now.isBefore(at());
    }

    /// What Firebreak then asks for.
    default ContainmentCommand command(ContainmentId containment, Instant now) {
        return switch (this) {
            case Lapse _ -> new LapseApproval(containment, now);
            case Expiry _ ->
                    new ReleaseContainment(
                            containment, ReleaseCause.EXPIRY, "", Responder.FIREBREAK, now);
        };
    }
}
