package dev.firebreak.eventlog.term;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/// What one enforcer finds its side of a deny by.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Subject.WholeHost.class, name = "host"),
    @JsonSubTypes.Type(value = Subject.Cgroup.class, name = "cgroup")
})
public sealed interface Subject {

    /// Everything that runs on the enforcer's host.
    record WholeHost() implements Subject {}

    /// The processes below a cgroup, by its path below the cgroup2 mount; it follows the name.
    record Cgroup(CgroupPath path) implements Subject {}
}
