package dev.firebreak.enforcerconnectors.dispatch;

import dev.firebreak.enforcerconnectors.enforcer.DenyId;
import dev.firebreak.eventlog.term.EnforcerName;
import java.time.Instant;
import java.util.List;

/// How an attached enforcer stands with the dispatcher of this replica. `generation` is desired,
/// `applied` the highest it has ever applied, and when that is `ahead` of this replica's log it
/// takes nothing from here; it has been heard without a break since `attachedAt`; `trouble` is a
/// sentence, empty when there is none; `strangers` are denies it was found to hold that the log
/// knows nothing of.
public record EnforcerStatus(
        EnforcerName enforcer,
        long generation,
        long applied,
        boolean ahead,
        int activeDenies,
        Instant observedAt,
        Instant attachedAt,
        Instant heardAt,
        String trouble,
        List<DenyId> strangers) {
    public EnforcerStatus {
        strangers = List.copyOf(strangers);
    }
}
