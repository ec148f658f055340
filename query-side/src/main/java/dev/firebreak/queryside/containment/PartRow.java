package dev.firebreak.queryside.containment;

import dev.firebreak.eventlog.term.Gap;
import dev.firebreak.eventlog.term.PartReport;
import dev.firebreak.eventlog.term.PartState;
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
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/// What one enforcer said last of its part.
@Entity
@Table(schema = "views", name = "part")
@IdClass(PartRow.Key.class)
class PartRow {
    @Id int generation;
    @Id String containment = "";
    @Id String enforcer = "";

    @Enumerated(EnumType.STRING)
    PartState state = PartState.PENDING;

    String sentence = "";

    @JdbcTypeCode(SqlTypes.ARRAY)
    List<String> caveats = List.of();

    @Column(name = "gap_whats")
    @JdbcTypeCode(SqlTypes.ARRAY)
    List<String> gapWhats = List.of();

    @Column(name = "gap_whys")
    @JdbcTypeCode(SqlTypes.ARRAY)
    List<String> gapWhys = List.of();

    @Column(name = "sessions_ended")
    int sessionsEnded;

    @Column(name = "sessions_surviving")
    int sessionsSurviving;

    @Nullable Instant until; // null: it was not read back with an end yet

    @Column(name = "reported_at")
    Instant reportedAt = Instant.EPOCH;

    record Key(int generation, String containment, String enforcer) {}

    PartRow() {}

    PartRow(Key key, Instant at) {
        this.generation = key.generation();
        this.containment = key.containment();
        this.enforcer = key.enforcer();
        this.reportedAt = at;
    }

    /// Only what holds has taken an end, and a report of a generation before `whole`'s end was set
    /// does not know of that one.
    void take(PartReport report, ContainmentRow whole) {
        if (report.state().holds() && report.generation() >= whole.endSet) {
            until = whole.expiresAt;
        }
        state = report.state();
        sentence = Text.storable(report.sentence());
        caveats = Text.storable(report.caveats());
        gapWhats = Text.storable(report.gaps().stream().map(Gap::what).toList());
        gapWhys = Text.storable(report.gaps().stream().map(Gap::why).toList());
        // Reports count from the start, as far as they know: one that knows less takes nothing
        // back.
        sessionsEnded = Math.max(sessionsEnded, report.sessions().ended());
        sessionsSurviving = report.sessions().surviving();
        reportedAt = report.at();
    }
}
