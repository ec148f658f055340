package dev.firebreak.enforcerconnectors.dispatch;

import dev.firebreak.enforcerconnectors.enforcer.DenyId;
import dev.firebreak.eventlog.term.EnforcerName;
import java.time.Instant;
import java.util.List;

/// How an attached enforcer stands with the dispatcher of this replica. `generation` is desired,
/// `applied` the highest it has ever applied; `trouble` is a sentence, empty when there is none;
/// `strangers` are denies it was found to hold that the log knows nothing of.
public record EnforcerStatus(
        EnforcerName enforcer,
        long generation,
        long applied,
        int activeDenies,
        Instant observedAt,
        Instant heardAt,
        String trouble,
        List<DenyId> strangers) {
    public EnforcerStatus {
        strangers = List.copyOf(strangers);
    }
}
