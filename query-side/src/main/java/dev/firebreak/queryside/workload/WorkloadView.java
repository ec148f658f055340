package dev.firebreak.queryside.workload;

import dev.firebreak.eventlog.term.Labels;
import dev.firebreak.eventlog.term.Placement;
import java.time.Instant;
import java.util.List;

/// A workload as it is shown.
public record WorkloadView(
        String workload,
        String environment,
        String owner,
        Labels labels,
        List<Placement> placements,
        String deployedBy,
        Instant deployedAt) {
    public WorkloadView {
        placements = List.copyOf(placements);
    }
}
