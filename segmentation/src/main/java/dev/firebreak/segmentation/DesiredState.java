package dev.firebreak.segmentation;

import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.EnforcerName;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;

/// All that one enforcer is to hold. `generation` is the position of the last event that changed
/// it, the same on every replica; 0 when nothing was ever asked of this enforcer.
public record DesiredState(
        EnforcerName enforcer, long generation, SortedMap<ContainmentId, DesiredDeny> denies) {
    public DesiredState {
        denies = Collections.unmodifiableSortedMap(denies);
    }

    public Optional<DesiredDeny> deny(ContainmentId containment) {
        return Optional.ofNullable(denies.get(containment));
    }
}
