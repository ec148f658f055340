package dev.firebreak.eventlog.term;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// The incident something belongs to, by whatever id the incident tool gave it; [#NONE] when none.
public record IncidentId(@JsonValue String value) {

    public static final int MAX_LENGTH = 128;

    public static final IncidentId NONE = new IncidentId("");

    @JsonCreator
    public IncidentId {
        Words.line("incident id", value, MAX_LENGTH);
    }

    public boolean isNone() {
        return value.isEmpty();
    }

    @Override
    public String toString() {
        return value;
    }
}
