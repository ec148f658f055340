package dev.firebreak.queryside.projection;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/// How far one generation of the views is.
@Entity
@Table(schema = "views", name = "projection")
class ProjectionRow {
    @Id int generation;
    int version;
    long position;

    @Enumerated(EnumType.STRING)
    State state = State.BUILDING;

    @Column(name = "started_at")
    Instant startedAt = Instant.EPOCH;

    enum State {
        SERVING,
        BUILDING,
        RETIRED
    }

    ProjectionRow() {}
}
