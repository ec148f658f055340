package dev.firebreak.segmentation;

import dev.firebreak.eventlog.term.CgroupPath;
import dev.firebreak.eventlog.term.CidrBlock;
import dev.firebreak.eventlog.term.Environment;
import dev.firebreak.eventlog.term.HostName;
import dev.firebreak.eventlog.term.Labels;
import dev.firebreak.eventlog.term.Placement;
import dev.firebreak.eventlog.term.Tenant;
import dev.firebreak.eventlog.term.WorkloadName;
import java.time.Instant;
import java.util.List;

/// A workload as it was last deployed. `owner` is a team, empty when nobody said.
public record KnownWorkload(
        WorkloadName name,
        Environment environment,
        String owner,
        Labels labels,
        List<Placement> placements,
        Instant deployedAt) {
    private static final String TENANT = "tenant";

    public KnownWorkload {
        placements = List.copyOf(placements);
    }

    /// The hosts it runs on, each once.
    public List<HostName> hosts() {
        return placements.stream()
                .filter(Placement.OnHost.class::isInstance)
                .map(placement -> ((Placement.OnHost) placement).host())
                .distinct()
                .toList();
    }

    List<CgroupPath> cgroupsOn(HostName host) {
        return placements.stream()
                .filter(Placement.OnHost.class::isInstance)
                .map(Placement.OnHost.class::cast)
                .filter(placement -> placement.host().equals(host))
                .map(Placement.OnHost::cgroup)
                .toList();
    }

    /// A workload, and where it is said to run on one host.
    public record InCgroup(WorkloadName workload, CgroupPath cgroup) {}

    /// Whether processes of one are processes of the other, too.
    boolean sharesCgroup(KnownWorkload other) {
        return hosts().stream()
                .anyMatch(host ->
                        cgroupsOn(host).stream()
                                .anyMatch(mine ->
                                        other.cgroupsOn(host).stream().anyMatch(mine::overlaps)));
    }

    public List<CidrBlock> addresses() {
        return placements.stream()
                .filter(Placement.Address.class::isInstance)
                .map(placement -> ((Placement.Address) placement).address())
                .toList();
    }

    boolean belongsTo(Tenant tenant) {
        return labels.hold(TENANT, tenant.value());
    }
}
