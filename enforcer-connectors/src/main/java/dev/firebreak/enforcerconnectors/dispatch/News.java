package dev.firebreak.enforcerconnectors.dispatch;

import dev.firebreak.eventlog.event.containment.ContainmentEvent;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ApprovalRequired;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.Contained;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainedExcept;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentApproved;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentDeclined;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentExtended;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentLifted;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentOrdered;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentReleased;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentRequested;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentShortened;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.EnforcementReported;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.MembersLeftOut;
import dev.firebreak.eventlog.event.deployment.DeploymentEvent;
import dev.firebreak.eventlog.event.deployment.DeploymentEvent.WorkloadDeployed;
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent;
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent.EnforcerRevoked;
import dev.firebreak.eventlog.log.LogEntry;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.Placement;
import dev.firebreak.eventlog.term.WorkloadName;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What has changed in the log since the dispatcher last looked: where to look, not what to do. A
/// thousand entries about one containment are one place to look.
final class News {

    private Changes changes = Changes.none();

    /// `hosts` are those on which something was deployed, `enforcers` those whose standing moved.
    record Changes(
            Set<ContainmentId> containments,
            Set<WorkloadName> workloads,
            Set<EnforcerName> hosts,
            Set<EnforcerName> enforcers,
            Set<EnforcerName> revoked) {

        static Changes none() {
            return new Changes(
                    new LinkedHashSet<>(),
                    new LinkedHashSet<>(),
                    new LinkedHashSet<>(),
                    new LinkedHashSet<>(),
                    new LinkedHashSet<>());
        }

        boolean isNone() {
            return containments.isEmpty() && workloads.isEmpty() && enforcers.isEmpty();
        }
    }

    /// Whether there was nothing before, so that somebody has to be told to look.
    synchronized boolean add(List<LogEntry> entries) {
        var wasNone = changes.isNone();
        entries.forEach(this::add);
        return wasNone && !changes.isNone();
    }

    synchronized Changes take() {
        var taken = changes;
        changes = Changes.none();
        return taken;
    }

    private void add(LogEntry entry) {
        switch (entry.event()) {
            case ContainmentEvent event -> add(event);
            case DeploymentEvent event -> add(event);
            case EnforcerEvent event -> add(event);
            default -> {} // Nothing else changes what an enforcer is to hold.
        }
    }

    private void add(ContainmentEvent event) {
        switch (event) {
            case ContainmentOrdered _,
                    ContainmentExtended _,
                    ContainmentShortened _,
                    ContainmentReleased _ ->
                    changes.containments().add(event.containment());
            case ContainmentRequested _,
                    ApprovalRequired _,
                    ContainmentApproved _,
                    ContainmentDeclined _,
                    MembersLeftOut _,
                    EnforcementReported _,
                    Contained _,
                    ContainedExcept _,
                    ContainmentLifted _ -> {}
        }
    }

    private void add(DeploymentEvent event) {
        changes.workloads().add(event.workload());
        if (event instanceof WorkloadDeployed deployed) {
            add(deployed);
        }
    }

    private void add(WorkloadDeployed deployed) {
        for (var placement : deployed.placements()) {
            if (placement instanceof Placement.OnHost onHost) {
                changes.hosts().add(EnforcerName.onHost(onHost.host()));
            }
        }
    }

    private void add(EnforcerEvent event) {
        changes.enforcers().add(event.enforcer());
        if (event instanceof EnforcerRevoked) {
            changes.revoked().add(event.enforcer());
        }
    }
}
