package dev.firebreak.segmentation;

import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.HostName;
import dev.firebreak.eventlog.term.Part;
import dev.firebreak.eventlog.term.Subject;
import java.util.Set;
import java.util.stream.Collectors;
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

    /// Every place that takes this one in when it is cut, from the inside out: a host, the cgroups
    /// on it, and itself.
    Stream<Found> outwards() {
        return switch (subject) {
            case Subject.WholeHost _ -> Stream.of(this);
            case Subject.Cgroup(var path) ->
                    Stream.concat(
                                    path.outwards().stream().map(Subject.Cgroup::new),
                                    Stream.of(new Subject.WholeHost()))
                            .map(outer -> new Found(enforcer, outer));
        };
    }

    /// Everywhere that a workload would be cut.
    static Set<Found> around(KnownWorkload workload) {
        return of(workload).flatMap(Found::outwards).collect(Collectors.toUnmodifiableSet());
    }

    HostName host() {
        return new HostName(enforcer.name());
    }

    static Stream<Found> of(Part part) {
        return part.subjects().stream().map(subject -> new Found(part.enforcer(), subject));
    }
}
