package dev.firebreak.queryside.containment;

import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentRequested;
import dev.firebreak.eventlog.term.Gap;
import dev.firebreak.eventlog.term.Neighbour;
import dev.firebreak.queryside.projection.Text;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/// One containment, as far as its events have been taken in.
@Entity
@Table(schema = "views", name = "containment")
@IdClass(ContainmentRow.Key.class)
class ContainmentRow {
    @Id int generation;
    @Id String id = "";
    long asked;

    @Enumerated(EnumType.STRING)
    StoredStage stage = StoredStage.ASKED;

    String effect = "";
    String subject = "";
    String peer = "";
    String direction = "";
    String ports = "";
    String reason = "";
    String incident = "";

    @Column(name = "requested_by")
    String requestedBy = "";

    @Column(name = "requested_at")
    Instant requestedAt = Instant.EPOCH;

    @Column(name = "plan_hash")
    String planHash = "";

    @Column(name = "approval_because")
    String approvalBecause = "";

    @Column(name = "lapses_at")
    @Nullable Instant lapsesAt; // null: no second person is needed

    @Column(name = "approved_by")
    String approvedBy = "";

    @Column(name = "ordered_at")
    @Nullable Instant orderedAt; // null: not ordered

    @Column(name = "expires_at")
    @Nullable Instant expiresAt; // null: not ordered

    /// The position of the event that set this end.
    @Column(name = "end_set")
    long endSet;

    @Column(name = "ended_at")
    @Nullable Instant endedAt; // null: not ended

    @Column(name = "ended_by")
    String endedBy = "";

    @Column(name = "end_cause")
    String endCause = "";

    @Column(name = "end_why")
    String endWhy = "";

    @Column(name = "gap_whats")
    @JdbcTypeCode(SqlTypes.ARRAY)
    List<String> gapWhats = List.of();

    @Column(name = "gap_whys")
    @JdbcTypeCode(SqlTypes.ARRAY)
    List<String> gapWhys = List.of();

    int members;
    int fleet;

    @JdbcTypeCode(SqlTypes.ARRAY)
    List<String> names = List.of();

    @JdbcTypeCode(SqlTypes.ARRAY)
    List<String> owners = List.of();

    @JdbcTypeCode(SqlTypes.ARRAY)
    List<String> neighbours = List.of();

    @Column(name = "neighbour_whys")
    @JdbcTypeCode(SqlTypes.ARRAY)
    List<String> neighbourWhys = List.of();

    @Column(name = "protected_by")
    @JdbcTypeCode(SqlTypes.ARRAY)
    List<String> protectedBy = List.of();

    record Key(int generation, String id) {}

    ContainmentRow() {}

    ContainmentRow(Key key, long asked, ContainmentRequested event) {
        var plan = event.plan();
        var ask = plan.ask();
        this.generation = key.generation();
        this.id = key.id();
        this.asked = asked;
        this.effect = lower(ask.effect());
        this.subject = ask.subject().toString();
        this.peer = ask.peer().toString();
        this.direction = lower(ask.direction());
        this.ports = ask.ports().toString();
        this.reason = event.reason().text();
        this.incident = event.incident().value();
        this.requestedBy = event.by().value();
        this.requestedAt = event.at();
        this.planHash = plan.hash().value();
        this.gapWhats = Text.storable(plan.gaps().stream().map(Gap::what).toList());
        this.gapWhys = Text.storable(plan.gaps().stream().map(Gap::why).toList());
        this.members = plan.reach().members();
        this.fleet = plan.reach().fleet();
        this.names = Text.storable(plan.reach().names());
        this.owners = Text.storable(plan.reach().owners());
        var neighbours = plan.reach().neighbours();
        this.neighbours = neighbours.stream().map(each -> each.workload().toString()).toList();
        this.neighbourWhys = Text.storable(neighbours.stream().map(Neighbour::why).toList());
        this.protectedBy = Text.storable(plan.protectedBy());
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
