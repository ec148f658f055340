package dev.firebreak.queryside.flow;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;

/// All denied packets of one fingerprint under one containment.
@Entity
@Table(schema = "views", name = "denied_flow")
@IdClass(DeniedFlowRow.Key.class)
class DeniedFlowRow {
    @Id int generation;
    @Id String containment = "";
    @Id String fingerprint = "";
    String enforcer = "";
    String direction = "";
    String protocol = "";
    String peer = "";
    int port;
    long packets;
    long bytes;

    @Column(name = "first_at")
    Instant firstAt = Instant.EPOCH;

    @Column(name = "last_at")
    Instant lastAt = Instant.EPOCH;

    record Key(int generation, String containment, String fingerprint) {}

    DeniedFlowRow() {}

    DeniedFlowRow(Key key) {
        this.generation = key.generation();
        this.containment = key.containment();
        this.fingerprint = key.fingerprint();
        this.firstAt = Instant.MAX;
    }
}
