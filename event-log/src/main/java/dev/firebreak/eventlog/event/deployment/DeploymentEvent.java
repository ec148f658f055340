package dev.firebreak.eventlog.event.deployment;

import dev.firebreak.eventlog.event.Event;
import dev.firebreak.eventlog.term.Environment;
import dev.firebreak.eventlog.term.Labels;
import dev.firebreak.eventlog.term.Placement;
import dev.firebreak.eventlog.term.Reason;
import dev.firebreak.eventlog.term.ResponderName;
import dev.firebreak.eventlog.term.WorkloadName;
import java.time.Instant;
import java.util.List;

/// The life of a workload, as far as segmentation cares.
public sealed interface DeploymentEvent extends Event {

    WorkloadName workload();

    @Override
    default String stream() {
        return "workload/" + workload();
    }

    /// A workload runs at these placements from now on; it replaces what was known of it before.
    /// `owner` is a team, empty when nobody said.
    record WorkloadDeployed(
            WorkloadName workload,
            Environment environment,
            String owner,
            Labels labels,
            List<Placement> placements,
            ResponderName by,
            Instant at)
            implements DeploymentEvent {
        public WorkloadDeployed {
            placements = List.copyOf(placements);
        }
    }

    record WorkloadRetired(WorkloadName workload, Reason reason, ResponderName by, Instant at)
            implements DeploymentEvent {}
}
