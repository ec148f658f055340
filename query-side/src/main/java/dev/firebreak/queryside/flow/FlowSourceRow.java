package dev.firebreak.queryside.flow;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;

/// Which batch of an enforcer was counted last.
@Entity
@Table(schema = "views", name = "flow_source")
@IdClass(FlowSourceRow.Key.class)
class FlowSourceRow {
    @Id int generation;
    @Id String enforcer = "";

    @Column(name = "boot_id")
    String bootId = "";

    long batch;
    long lost;

    record Key(int generation, String enforcer) {}

    FlowSourceRow() {}

    FlowSourceRow(Key key) {
        this.generation = key.generation();
        this.enforcer = key.enforcer();
    }

    /// Whether this batch was counted before; an agent repeats one until it hears that it is
    /// stored.
    boolean has(String boot, long number) {
        return bootId.equals(boot) && number <= batch;
    }
}
