package dev.firebreak.segmentation;

import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.Part;
import dev.firebreak.eventlog.term.Subject;
import java.util.stream.Stream;

/// Where an enforcer finds a workload, or the host.
record Found(EnforcerName enforcer, Subject subject) {

    static Stream<Found> of(KnownWorkload workload) {
        return workload.hosts().stream()
                .flatMap(host ->
                        workload.cgroupsOn(host).stream()
                                .map(Subject.Cgroup::new)
                                .map(cgroup -> new Found(EnforcerName.onHost(host), cgroup)));
    }

    static Stream<Found> of(Part part) {
        return part.subjects().stream().map(subject -> new Found(part.enforcer(), subject));
    }
}
