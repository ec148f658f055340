package dev.firebreak.eventlog.term;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// A workload by namespace and name, `payments/checkout`: the identity that survives restarts.
public record WorkloadName(String namespace, String name) {

    public WorkloadName {
        Words.name("namespace", namespace);
        Words.name("workload name", name);
    }

    @JsonCreator
    public static WorkloadName parse(String text) {
        var parts = text.split("/", -1);
        if (parts.length != 2) {
            throw new InvalidTerm(
                    "'%s' is not a workload: write NAMESPACE/NAME, for example payments/checkout."
                            .formatted(Words.printable(text)));
        }
        return new WorkloadName(parts[0], parts[1]);
    }

    @Override
    @JsonValue
    public String toString() {
        return namespace + "/" + name;
    }
}
