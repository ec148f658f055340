package dev.firebreak.segmentation;

import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.Scope;
import java.util.List;

/// Whether a scope takes a workload in, decided from the workload alone.
final class Scopes {
    private Scopes() {}

    static boolean cover(Scope scope, KnownWorkload workload) {
        return switch (scope) {
            case Scope.Workload(var name) -> workload.name().equals(name);
            case Scope.Labelled(var labels) -> workload.labels().hold(labels);
            case Scope.Env(var environment) -> workload.environment().equals(environment);
            case Scope.OfTenant(var tenant) -> workload.belongsTo(tenant);
            case Scope.Host(var host) -> workload.hosts().contains(host);
            case Scope.Cidr(var block) -> hasAddressIn(Net.of(block), workload);
            case Scope.SecurityGroup _, Scope.DatabaseRole _ -> false;
        };
    }

    /// Whether one of these enforcers finds it, where none means any of them all.
    static boolean isWithin(List<EnforcerName> enforcers, KnownWorkload workload) {
        return enforcers.isEmpty()
                || workload.hosts().stream()
                        .map(EnforcerName::onHost)
                        .anyMatch(enforcers::contains);
    }

    /// Whether a deny of this subject is held for the host as a whole, and not for workloads on it.
    static boolean isHostWide(Scope subject) {
        return switch (subject) {
            case Scope.Host _, Scope.Cidr _ -> true;
            case Scope.Workload _,
                    Scope.Labelled _,
                    Scope.Env _,
                    Scope.OfTenant _,
                    Scope.SecurityGroup _,
                    Scope.DatabaseRole _ ->
                    false;
        };
    }

    private static boolean hasAddressIn(Net net, KnownWorkload workload) {
        return workload.addresses().stream().anyMatch(address -> net.overlaps(Net.of(address)));
    }
}
