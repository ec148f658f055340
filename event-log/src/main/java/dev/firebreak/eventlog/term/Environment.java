package dev.firebreak.eventlog.term;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// Where a workload lives: `production`, `staging` …; ceilings and severities depend on it.
public record Environment(@JsonValue String value) {

    @JsonCreator
    public Environment {
        Words.name("environment", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
