package dev.firebreak.segmentation;

import dev.firebreak.eventlog.term.EnforcerName;
import java.time.Instant;
import java.util.TreeMap;

/// What each enforcer is to hold, by the log and the clock alone: every containment that is active
/// now, on what its plan cut and on the members of its scope of now.
public final class Compilation {
    private Compilation() {}

    public static DesiredState desired(Estate estate, EnforcerName enforcer, Instant now) {
        var denies = new TreeMap<>(estate.overlay().on(enforcer));
        denies.values().removeIf(deny -> !Stage.lasts(deny.expiresAt(), now));
        return new DesiredState(enforcer, generation(estate, enforcer), denies);
    }

    /// The position of the last event that changed what the enforcer is to hold.
    public static long generation(Estate estate, EnforcerName enforcer) {
        return estate.overlay().generation(enforcer);
    }
}
