package dev.firebreak.segmentation;

import dev.firebreak.eventlog.term.HostName;
import dev.firebreak.eventlog.term.Part;
import dev.firebreak.eventlog.term.Scope;
import dev.firebreak.eventlog.term.Subject;
import java.util.List;
import java.util.Optional;

/// What no containment may come to hold. A plan that touches something protected is refused; what
/// joins a containment later, by a deployment, was never in any plan, and is spared here.
final class Sanctuary {

    private final Inventory inventory;
    private final List<Scope> protectedScopes;

    Sanctuary(Inventory inventory, List<Scope> protectedScopes) {
        this.inventory = inventory;
        this.protectedScopes = List.copyOf(protectedScopes);
    }

    /// The part without what is protected; none when nothing is left of it.
    Optional<Part> spared(Part part) {
        if (protectedScopes.isEmpty()) {
            return Optional.of(part);
        }
        var host = new HostName(part.enforcer().name());
        var left = part.subjects().stream().filter(subject -> !isProtected(host, subject)).toList();
        return left.isEmpty()
                ? Optional.empty()
                : Optional.of(new Part(part.enforcer(), left, part.peers()));
    }

    private boolean isProtected(HostName host, Subject subject) {
        return subject instanceof Subject.Cgroup(var cgroup)
                && inventory.on(host).stream()
                        .filter(this::isProtected)
                        .flatMap(workload -> workload.cgroupsOn(host).stream())
                        .anyMatch(cgroup::overlaps);
    }

    private boolean isProtected(KnownWorkload workload) {
        return protectedScopes.stream()
                .filter(scope -> !(scope instanceof Scope.Host || scope instanceof Scope.Cidr))
                .anyMatch(scope -> Scopes.cover(scope, workload));
    }
}
