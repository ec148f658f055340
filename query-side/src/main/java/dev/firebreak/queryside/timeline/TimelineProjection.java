package dev.firebreak.queryside.timeline;

import dev.firebreak.eventlog.event.containment.ContainmentEvent;
import dev.firebreak.eventlog.event.flow.FlowEvent;
import dev.firebreak.eventlog.log.LogEntry;
import dev.firebreak.queryside.projection.Batch;
import dev.firebreak.queryside.projection.Projection;
import java.util.List;

/// Everything but telemetry, which would bury the rest and has a view of its own.
final class TimelineProjection implements Projection {

    @Override
    public List<Class<?>> rows() {
        return List.of(TimelineRow.class);
    }

    @Override
    public void apply(LogEntry entry, Batch batch) {
        if (entry.event() instanceof FlowEvent) {
            return;
        }
        var key = new TimelineRow.Key(batch.generation(), entry.position());
        batch.append(new TimelineRow(key, containment(entry), Narration.line(entry)));
    }

    private static String containment(LogEntry entry) {
        return entry.event() instanceof ContainmentEvent event ? event.containment().value() : "";
    }
}
