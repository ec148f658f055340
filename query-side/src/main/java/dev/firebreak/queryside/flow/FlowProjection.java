package dev.firebreak.queryside.flow;

import dev.firebreak.eventlog.event.flow.DeniedFlow;
import dev.firebreak.eventlog.event.flow.FlowEvent;
import dev.firebreak.eventlog.event.flow.FlowEvent.DeniedFlowsSeen;
import dev.firebreak.eventlog.log.LogEntry;
import dev.firebreak.queryside.projection.Batch;
import dev.firebreak.queryside.projection.Projection;
import dev.firebreak.queryside.projection.Text;
import java.util.List;
import java.util.Locale;

/// Denied flows, added up by fingerprint.
final class FlowProjection implements Projection {

    @Override
    public List<Class<?>> rows() {
        return List.of(DeniedFlowRow.class, FlowSourceRow.class);
    }

    @Override
    public void apply(LogEntry entry, Batch batch) {
        if (entry.event() instanceof FlowEvent event) {
            switch (event) {
                case DeniedFlowsSeen seen -> count(seen, batch);
            }
        }
    }

    private static void count(DeniedFlowsSeen seen, Batch batch) {
        var enforcer = seen.enforcer().toString();
        var boot = Text.storable(seen.bootId());
        var key = new FlowSourceRow.Key(batch.generation(), enforcer);
        var source = batch.find(FlowSourceRow.class, key).orElseGet(() -> new FlowSourceRow(key));
        batch.put(FlowSourceRow.class, key, source);
        if (source.has(boot, seen.batch())) {
            return;
        }
        source.bootId = boot;
        source.batch = seen.batch();
        source.lost += seen.lost();
        seen.flows().forEach(flow -> add(flow, enforcer, batch));
    }

    private static void add(DeniedFlow flow, String enforcer, Batch batch) {
        var key =
                new DeniedFlowRow.Key(
                        batch.generation(),
                        flow.containment().value(),
                        Text.storable(flow.fingerprint()));
        var row = batch.find(DeniedFlowRow.class, key).orElseGet(() -> new DeniedFlowRow(key));
        batch.put(DeniedFlowRow.class, key, row);
        row.enforcer = enforcer;
        row.direction = flow.direction().name().toLowerCase(Locale.ROOT);
        row.protocol = Text.storable(flow.protocol());
        row.peer = Text.storable(flow.peer());
        row.port = flow.port();
        row.packets += flow.packets();
        row.bytes += flow.bytes();
        row.firstAt = flow.first().isBefore(row.firstAt) ? flow.first() : row.firstAt;
        row.lastAt = flow.last().isAfter(row.lastAt) ? flow.last() : row.lastAt;
    }
}
