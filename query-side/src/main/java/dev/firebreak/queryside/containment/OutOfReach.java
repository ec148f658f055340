package dev.firebreak.queryside.containment;

import dev.firebreak.queryside.containment.Hearing.Absence;
import dev.firebreak.queryside.timeline.Times;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Enforcers that were to let go and cannot be asked whether they did: when they do so by
/// themselves, and what would settle it.
final class OutOfReach {

    private OutOfReach() {}

    /// `host/x is out of reach since 13:58 UTC; its kernel lets go by itself at 14:20 UTC; …`
    static String sentence(
            String enforcer,
            Absence absence,
            @Nullable Instant expiresAt, // null: it was not ordered
            Instant now) {
        return "%s is out of reach since %s; %s"
                .formatted(
                        enforcer,
                        Times.time(absence.since(), now),
                        settledBy(absence, expiresAt, now));
    }

    /// Whatever was to happen there is not known to have happened.
    static String settledBy(
            Absence absence,
            @Nullable Instant expiresAt, // null: it was not ordered
            Instant now) {
        var letsGo =
                expiresAt == null
                        ? "its kernel lets go by itself"
                        : "its kernel %s by itself at %s"
                                .formatted(
                                        expiresAt.isAfter(now) ? "lets go" : "was to let go",
                                        Times.time(expiresAt, now));
        return letsGo
                + (absence.revoked()
                        ? "; it was revoked, so that cannot be read back until it is enrolled again"
                        : "; that is read back when it is heard again");
    }
}
