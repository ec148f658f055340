package dev.firebreak.eventlog.term;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// A Kubernetes cluster, by the name it has in the settings.
public record ClusterName(@JsonValue String value) {

    @JsonCreator
    public ClusterName {
        Words.name("cluster name", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
