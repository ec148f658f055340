package dev.firebreak.segmentation;

import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentRequested;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.IncidentId;
import dev.firebreak.eventlog.term.PartReport;
import dev.firebreak.eventlog.term.Plan;
import dev.firebreak.eventlog.term.Reason;
import dev.firebreak.eventlog.term.ResponderName;
import dev.firebreak.eventlog.term.Ttl;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A containment as far as the log has told its life. `plan` is what was asked for and approved;
/// `reports` the last word of each enforcer, missing for one that has not answered.
public record KnownContainment(
        ContainmentId id,
        Plan plan,
        Ttl ttl,
        Reason reason,
        IncidentId incident,
        ResponderName requestedBy,
        Instant requestedAt,
        List<ResponderName> approvedBy,
        Stage stage,
        Map<EnforcerName, PartReport> reports) {

    public KnownContainment {
        approvedBy = List.copyOf(approvedBy);
        reports = Collections.unmodifiableMap(reports);
    }

    static KnownContainment requested(ContainmentRequested event) {
        return new KnownContainment(
                event.containment(),
                event.plan(),
                event.ttl(),
                event.reason(),
                event.incident(),
                event.by(),
                event.at(),
                List.of(),
                new Stage.Requested(),
                Map.of());
    }

    /// See [Stage#isActive].
    public boolean isActive(Instant at) {
        return stage.isActive(at);
    }

    public Optional<PartReport> report(EnforcerName enforcer) {
        return Optional.ofNullable(reports.get(enforcer));
    }

    KnownContainment at(Stage next) {
        return new KnownContainment(
                id,
                plan,
                ttl,
                reason,
                incident,
                requestedBy,
                requestedAt,
                approvedBy,
                next,
                reports);
    }

    KnownContainment approved(ResponderName by) {
        return new KnownContainment(
                id,
                plan,
                ttl,
                reason,
                incident,
                requestedBy,
                requestedAt,
                List.of(by),
                stage,
                reports);
    }

    KnownContainment heard(List<PartReport> news) {
        var all = new HashMap<>(reports);
        news.forEach(report -> all.put(report.enforcer(), report));
        return new KnownContainment(
                id, plan, ttl, reason, incident, requestedBy, requestedAt, approvedBy, stage, all);
    }
}
