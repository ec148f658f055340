package dev.firebreak.queryside.workload;

import dev.firebreak.eventlog.event.deployment.DeploymentEvent;
import dev.firebreak.eventlog.event.deployment.DeploymentEvent.WorkloadDeployed;
import dev.firebreak.eventlog.event.deployment.DeploymentEvent.WorkloadRetired;
import dev.firebreak.eventlog.log.LogEntry;
import dev.firebreak.queryside.projection.Batch;
import dev.firebreak.queryside.projection.Projection;
import dev.firebreak.queryside.projection.Text;
import java.util.List;

/// Workloads, from their own events.
final class WorkloadProjection implements Projection {

    @Override
    public List<Class<?>> rows() {
        return List.of(WorkloadRow.class);
    }

    @Override
    public void apply(LogEntry entry, Batch batch) {
        if (entry.event() instanceof DeploymentEvent event) {
            var key = new WorkloadRow.Key(batch.generation(), event.workload().toString());
            switch (event) {
                case WorkloadDeployed deployed -> deploy(key, deployed, batch);
                case WorkloadRetired _ -> batch.drop(WorkloadRow.class, key);
            }
        }
    }

    private static void deploy(WorkloadRow.Key key, WorkloadDeployed event, Batch batch) {
        var row = batch.find(WorkloadRow.class, key).orElseGet(() -> new WorkloadRow(key));
        batch.put(WorkloadRow.class, key, row);
        row.environment = event.environment().value();
        row.owner = Text.storable(event.owner());
        row.labels = event.labels().toString();
        row.placements = PlacementJson.write(event.placements());
        row.deployedBy = event.by().value();
        row.deployedAt = event.at();
    }
}
