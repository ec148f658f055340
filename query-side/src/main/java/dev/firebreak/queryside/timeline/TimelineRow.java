package dev.firebreak.queryside.timeline;

import dev.firebreak.queryside.projection.Text;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;

/// One line of the timeline.
@Entity
@Table(schema = "views", name = "timeline")
@IdClass(TimelineRow.Key.class)
class TimelineRow {
    @Id int generation;
    @Id long position;
    String containment = "";
    String stream = "";

    @Column(name = "happened_at")
    Instant happenedAt = Instant.EPOCH;

    @Column(name = "recorded_at")
    Instant recordedAt = Instant.EPOCH;

    String actor = "";
    String surface = "";
    String sentence = "";

    record Key(int generation, long position) {}

    TimelineRow() {}

    TimelineRow(Key key, String containment, TimelineLine line) {
        this.generation = key.generation();
        this.position = key.position();
        this.containment = containment;
        this.stream = Text.storable(line.stream());
        this.happenedAt = line.at();
        this.recordedAt = line.recordedAt();
        this.actor = line.by();
        this.surface = line.surface();
        this.sentence = Text.storable(line.sentence());
    }

    TimelineLine line() {
        return new TimelineLine(
                position,
                happenedAt,
                recordedAt,
                actor,
                surface,
                stream,
                containment.isEmpty() ? List.of() : List.of(containment),
                sentence,
                happenedAt,
                1);
    }
}
