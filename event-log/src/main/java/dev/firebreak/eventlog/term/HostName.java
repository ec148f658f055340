package dev.firebreak.eventlog.term;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// A machine that carries workloads, by the name its agent was enrolled under.
public record HostName(@JsonValue String value) {

    @JsonCreator
    public HostName {
        Words.name("host name", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
