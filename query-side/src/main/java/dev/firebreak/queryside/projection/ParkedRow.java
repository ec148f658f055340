package dev.firebreak.queryside.projection;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;

/// An entry that was passed by.
@Entity
@Table(schema = "views", name = "parked")
@IdClass(ParkedRow.Key.class)
class ParkedRow {
    @Id int generation;
    @Id long position;
    String stream = "";
    String why = "";

    record Key(int generation, long position) {}

    ParkedRow() {}

    ParkedRow(Key key, String stream, String why) {
        this.generation = key.generation();
        this.position = key.position();
        this.stream = Text.storable(stream);
        this.why = Text.storable(why);
    }
}
