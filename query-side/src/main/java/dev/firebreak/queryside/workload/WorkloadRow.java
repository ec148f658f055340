package dev.firebreak.queryside.workload;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;

/// One workload as it was last deployed; placements as the JSON they have in the log.
@Entity
@Table(schema = "views", name = "workload")
@IdClass(WorkloadRow.Key.class)
class WorkloadRow {
    @Id int generation;
    @Id String name = "";
    String environment = "";
    String owner = "";
    String labels = "";
    String placements = "";

    @Column(name = "deployed_by")
    String deployedBy = "";

    @Column(name = "deployed_at")
    Instant deployedAt = Instant.EPOCH;

    record Key(int generation, String name) {}

    WorkloadRow() {}

    WorkloadRow(Key key) {
        this.generation = key.generation();
        this.name = key.name();
    }
}
