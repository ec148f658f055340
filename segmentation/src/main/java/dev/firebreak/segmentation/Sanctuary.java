package dev.firebreak.segmentation;

import dev.firebreak.eventlog.term.CidrBlock;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.HostName;
import dev.firebreak.eventlog.term.Scope;
import dev.firebreak.eventlog.term.Subject;
import java.util.List;
import java.util.stream.Stream;

/// What no containment may come to hold. A plan that touches something protected is refused; what
/// joins a containment later, by a deployment, was never in any plan, and is spared here.
final class Sanctuary {

    private final Inventory inventory;
    private final List<Scope> protectedScopes;

    Sanctuary(Inventory inventory, List<Scope> protectedScopes) {
        this.inventory = inventory;
        this.protectedScopes = List.copyOf(protectedScopes);
    }

    /// What is cut on an enforcer, without what is protected.
    List<Subject> spared(EnforcerName enforcer, List<Subject> subjects) {
        if (protectedScopes.isEmpty()) {
            return subjects;
        }
        var host = new HostName(enforcer.name());
        return subjects.stream().filter(subject -> !isProtected(host, subject)).toList();
    }

    /// The other ends that a whole host may be cut from, without what is protected there.
    Stream<CidrBlock> sparedPeers(List<CidrBlock> blocks) {
        var shielded = protectedScopes.isEmpty() ? List.<Net>of() : shielded();
        return blocks.stream()
                .filter(block -> shielded.stream().noneMatch(inventory.net(block)::overlaps));
    }

    private List<Net> shielded() {
        return protectedScopes.stream()
                .flatMap(scope ->
                        scope instanceof Scope.Cidr(var block)
                                ? Stream.of(Net.of(block))
                                : inventory.members(scope).stream()
                                        .flatMap(member -> member.addresses().stream())
                                        .map(inventory::net))
                .toList();
    }

    boolean spares(Found place) {
        return !protectedScopes.isEmpty() && isProtected(place.host(), place.subject());
    }

    private boolean isProtected(HostName host, Subject subject) {
        return subject instanceof Subject.Cgroup(var cgroup)
                && inventory
                        .each(host)
                        .filter(this::protects)
                        .flatMap(workload -> workload.cgroupsOn(host).stream())
                        .anyMatch(cgroup::overlaps);
    }

    /// That a host is protected keeps the host whole; a workload on it may still be contained.
    boolean protects(KnownWorkload workload) {
        return protectedScopes.stream()
                .filter(scope -> !(scope instanceof Scope.Host))
                .anyMatch(scope -> Scopes.cover(scope, workload));
    }

    /// By what a workload is called, and not by where it runs, which changes day by day.
    List<Scope> protecting(KnownWorkload workload) {
        return protectedScopes.stream()
                .filter(scope -> !Scopes.isHostWide(scope))
                .filter(scope -> Scopes.cover(scope, workload))
                .toList();
    }
}
