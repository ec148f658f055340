package dev.firebreak.eventlog.term;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// A person or an automation that may ask for something, by its name in the log.
public record ResponderName(@JsonValue String value) {

    @JsonCreator
    public ResponderName {
        Words.name("responder name", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
