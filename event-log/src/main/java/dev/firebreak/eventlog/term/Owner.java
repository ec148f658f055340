package dev.firebreak.eventlog.term;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// The team that owns a workload, in its own words, on one line; empty when nobody said.
public record Owner(@JsonValue String text) {

    public static final int MAX_LENGTH = 200;

    public static final Owner UNKNOWN = new Owner("");

    @JsonCreator
    public Owner {
        text = Words.line("owner", text.strip(), MAX_LENGTH);
    }

    @Override
    public String toString() {
        return text;
    }
}
