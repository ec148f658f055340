package dev.firebreak.eventlog.term;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// Whose workloads they are on a shared platform; carried by the label `tenant`.
public record Tenant(@JsonValue String value) {

    @JsonCreator
    public Tenant {
        Words.name("tenant", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
