package dev.firebreak.queryside.containment;

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
import dev.firebreak.eventlog.log.LogEntry;
import dev.firebreak.eventlog.term.PartReport;
import dev.firebreak.queryside.projection.Batch;
import dev.firebreak.queryside.projection.Projection;
import dev.firebreak.queryside.projection.Text;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Containments and their parts, from their own events.
final class ContainmentProjection implements Projection {

    @Override
    public List<Class<?>> rows() {
        return List.of(ContainmentRow.class, PartRow.class);
    }

    @Override
    public void apply(LogEntry entry, Batch batch) {
        if (!(entry.event() instanceof ContainmentEvent event)) {
            return;
        }
        if (event instanceof ContainmentRequested requested) {
            request(requested, entry.position(), batch);
            return;
        }
        find(event, batch).ifPresent(row -> evolve(row, event, entry.position(), batch));
    }

    private static Optional<ContainmentRow> find(ContainmentEvent event, Batch batch) {
        return batch.find(ContainmentRow.class, key(event, batch));
    }

    private static ContainmentRow.Key key(ContainmentEvent event, Batch batch) {
        return new ContainmentRow.Key(batch.generation(), event.containment().value());
    }

    private static void request(ContainmentRequested event, long position, Batch batch) {
        var key = key(event, batch);
        batch.put(ContainmentRow.class, key, new ContainmentRow(key, position, event));
        for (var part : event.plan().parts()) {
            var partKey = new PartRow.Key(key.generation(), key.id(), part.enforcer().toString());
            batch.put(PartRow.class, partKey, new PartRow(partKey, event.at()));
        }
    }

    private static void evolve(
            ContainmentRow row, ContainmentEvent event, long position, Batch batch) {
        switch (event) {
            case ContainmentRequested _ -> {} // Has made the row.
            case ApprovalRequired(_, _, var because, var lapsesAt, _) -> {
                row.approvalBecause = Text.storable(because);
                row.lapsesAt = lapsesAt;
            }
            case ContainmentApproved(_, _, var by, _) -> row.approvedBy = by.value();
            case ContainmentDeclined(_, var cause, var why, var by, var at) -> {
                row.stage = StoredStage.DECLINED;
                end(row, cause, why, by.value(), at);
            }
            case ContainmentOrdered(_, var expiresAt, _, var at) -> {
                row.stage = StoredStage.PUSHING;
                row.orderedAt = at;
                setEnd(row, expiresAt, position);
            }
            case MembersLeftOut _ -> {} // The witness tells who is in it now.
            case EnforcementReported(_, var reports, var at) -> {
                reports.forEach(report -> part(row, report, at, batch));
                // Something of it turned up again: it is not lifted until that is gone, too.
                if (row.stage == StoredStage.ENDED) {
                    row.stage = StoredStage.RELEASING;
                }
            }
            case Contained _ -> row.stage = StoredStage.CONTAINED;
            case ContainedExcept _ -> row.stage = StoredStage.CONTAINED_EXCEPT;
            case ContainmentExtended(_, var expiresAt, _, _, _) -> setEnd(row, expiresAt, position);
            case ContainmentShortened(_, var expiresAt, _, _, _) ->
                    setEnd(row, expiresAt, position);
            case ContainmentReleased(_, var cause, var why, var by, var at) -> {
                row.stage = StoredStage.RELEASING;
                end(row, cause, why, by.value(), at);
            }
            case ContainmentLifted _ -> row.stage = StoredStage.ENDED;
        }
    }

    private static void setEnd(ContainmentRow row, Instant expiresAt, long position) {
        row.expiresAt = expiresAt;
        row.endSet = position;
    }

    private static void end(ContainmentRow row, Enum<?> cause, String why, String by, Instant at) {
        row.endCause = cause.name();
        row.endWhy = Text.storable(why);
        row.endedBy = by;
        row.endedAt = at;
    }

    private static void part(ContainmentRow row, PartReport report, Instant at, Batch batch) {
        var key = new PartRow.Key(row.generation, row.id, report.enforcer().toString());
        var part = batch.find(PartRow.class, key).orElseGet(() -> new PartRow(key, at));
        batch.put(PartRow.class, key, part);
        part.take(report, row);
    }
}
