package dev.firebreak.commandside.containment;

import dev.firebreak.commandside.command.Decision;
import dev.firebreak.commandside.command.RefusalCode;
import dev.firebreak.eventlog.event.containment.ContainmentEvent;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentReleased;
import dev.firebreak.eventlog.event.containment.Decline;
import dev.firebreak.eventlog.event.containment.ReleaseCause;
import dev.firebreak.eventlog.term.Phrases;

/// The refusals that every command on a containment shares: there is none, or it is over.
final class Refusals {

    private Refusals() {}

    static Decision<ContainmentEvent> unknown(ContainmentCommand command) {
        return Decision.refused(
                RefusalCode.UNKNOWN_CONTAINMENT,
                "No containment has the id %s. A plan is not kept until it is applied; see what there is"
                        + " with: status.",
                command.containment());
    }

    static Decision<ContainmentEvent> declined(
            Containment.Declined declined, ContainmentCommand command) {
        return Decision.refused(
                RefusalCode.ALREADY_ENDED,
                "%s never began: it was %s at %s. If it is still needed, ask for it again.",
                command.containment(),
                word(declined.no().cause()) + " " + declined.no().by(),
                Phrases.time(declined.no().at()));
    }

    static Decision<ContainmentEvent> ended(ContainmentReleased end, ContainmentCommand command) {
        return Decision.refused(RefusalCode.ALREADY_ENDED, "%s", how(end) + again());
    }

    private static String again() {
        return " If it is still needed, ask for it again.";
    }

    /// How it ended, as a whole sentence.
    static String how(ContainmentReleased end) {
        return "%s ended at %s: %s%s."
                .formatted(
                        end.containment(),
                        Phrases.time(end.at()),
                        word(end.cause(), end),
                        end.why().isEmpty() ? "" : " (%s)".formatted(end.why()));
    }

    private static String word(ReleaseCause cause, ContainmentReleased end) {
        return switch (cause) {
            case PERSON -> "released by " + end.by();
            case EXPIRY -> "its time was up";
            case ROLLBACK -> "rolled back by " + end.by();
        };
    }

    private static String word(Decline cause) {
        return switch (cause) {
            case REFUSED -> "declined by";
            case WITHDRAWN -> "taken back by";
            case LAPSED -> "not approved in time and dropped by";
        };
    }
}
