package dev.firebreak.commandside.deployment;

import dev.firebreak.commandside.command.Command;
import dev.firebreak.eventlog.term.Environment;
import dev.firebreak.eventlog.term.Labels;
import dev.firebreak.eventlog.term.Owner;
import dev.firebreak.eventlog.term.Placement;
import dev.firebreak.eventlog.term.Reason;
import dev.firebreak.eventlog.term.Responder;
import dev.firebreak.eventlog.term.WorkloadName;
import java.time.Instant;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/// What can be said of a workload's whereabouts.
public sealed interface DeploymentCommand extends Command {

    WorkloadName workload();

    @Override
    @TargetAggregateIdentifier
    default String target() {
        return "workload/" + workload();
    }

    record DeployWorkload(
            WorkloadName workload,
            Environment environment,
            String owner,
            Labels labels,
            List<Placement> placements,
            Responder by,
            Instant at)
            implements DeploymentCommand {
        public DeployWorkload {
            owner = new Owner(owner).text();
            placements = List.copyOf(placements);
        }
    }

    record RetireWorkload(WorkloadName workload, Reason reason, Responder by, Instant at)
            implements DeploymentCommand {}
}
