package dev.firebreak.queryside.enforcer;

import dev.firebreak.eventlog.event.containment.ContainmentEvent.EnforcementReported;
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent;
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent.CertificateRenewed;
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent.CopyTurnedAway;
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent.EnforcerConnected;
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent.EnforcerEnrolled;
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent.EnforcerRevoked;
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent.EnforcerSilent;
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent.EnrolmentOffered;
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent.TamperingRepaired;
import dev.firebreak.eventlog.event.flow.FlowEvent;
import dev.firebreak.eventlog.log.LogEntry;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.PartReport;
import dev.firebreak.queryside.projection.Batch;
import dev.firebreak.queryside.projection.Projection;
import dev.firebreak.queryside.projection.Text;
import dev.firebreak.segmentation.KnownEnforcer.Standing;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Enforcers, from their own events; that they live also from what they said of others.
final class EnforcerProjection implements Projection {

    @Override
    public List<Class<?>> rows() {
        return List.of(EnforcerRow.class);
    }

    @Override
    public void apply(LogEntry entry, Batch batch) {
        if (entry.event() instanceof EnforcerEvent event) {
            var key = new EnforcerRow.Key(batch.generation(), event.enforcer().toString());
            var row = batch.find(EnforcerRow.class, key).orElseGet(() -> new EnforcerRow(key));
            batch.put(EnforcerRow.class, key, row);
            evolve(row, event);
        }
        if (entry.event() instanceof EnforcementReported(_, var reports, _)) {
            reports.stream()
                    .filter(PartReport::wasHeard)
                    .forEach(report -> heard(report.enforcer(), report.at(), batch));
        }
        if (entry.event() instanceof FlowEvent event) {
            heard(event.enforcer(), event.at(), batch);
        }
    }

    private static void heard(EnforcerName enforcer, Instant at, Batch batch) {
        var key = new EnforcerRow.Key(batch.generation(), enforcer.toString());
        batch.find(EnforcerRow.class, key).ifPresent(row -> row.heardAt = later(row.heardAt, at));
    }

    /// What was heard first is perhaps told last.
    private static Instant later(@Nullable Instant before, Instant at) { // null: never heard
        return before == null || before.isBefore(at) ? at : before;
    }

    private static void evolve(EnforcerRow row, EnforcerEvent event) {
        switch (event) {
            case EnrolmentOffered(_, _, _, _, var at) -> {
                if (row.standing.isEmpty()) {
                    stand(row, Standing.OFFERED, at);
                }
            }
            case EnforcerEnrolled(_, _, var endsAt, var at) -> {
                stand(row, Standing.ENROLLED, at);
                row.certificateEndsAt = endsAt;
                row.heardAt = at;
            }
            case CertificateRenewed(_, _, var endsAt, var at) -> {
                row.certificateEndsAt = endsAt;
                row.heardAt = later(row.heardAt, at);
            }
            case EnforcerConnected(_, _, var version, var kernel, _, _, var at) -> {
                stand(row, Standing.CONNECTED, at);
                row.version = Text.storable(version);
                row.kernel = Text.storable(kernel);
                row.heardAt = later(row.heardAt, at);
            }
            case EnforcerSilent(_, var lastHeardAt, var at) -> {
                stand(row, Standing.SILENT, at);
                row.heardAt = lastHeardAt;
            }
            case CopyTurnedAway _, TamperingRepaired _ -> {} // The timeline tells.
            case EnforcerRevoked(_, _, _, var at) -> {
                stand(row, Standing.REVOKED, at);
                row.certificateEndsAt = null;
            }
        }
    }

    private static void stand(EnforcerRow row, Standing standing, Instant at) {
        row.standing = standing.name();
        row.since = at;
    }
}
