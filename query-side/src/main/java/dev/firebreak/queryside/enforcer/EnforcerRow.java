package dev.firebreak.queryside.enforcer;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One enforcer. `standing` is the name of a `KnownEnforcer.Standing`.
@Entity
@Table(schema = "views", name = "enforcer")
@IdClass(EnforcerRow.Key.class)
class EnforcerRow {
    @Id int generation;
    @Id String name = "";
    String standing = "";
    String version = "";
    String kernel = "";

    @Column(name = "heard_at")
    @Nullable Instant heardAt; // null: never heard

    @Column(name = "certificate_ends_at")
    @Nullable Instant certificateEndsAt; // null: it has none

    Instant since = Instant.EPOCH;

    record Key(int generation, String name) {}

    EnforcerRow() {}

    EnforcerRow(Key key) {
        this.generation = key.generation();
        this.name = key.name();
    }
}
