package dev.firebreak.segmentation;

import dev.firebreak.eventlog.term.Ask;
import dev.firebreak.eventlog.term.CidrBlock;
import dev.firebreak.eventlog.term.Effect;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.HostName;
import dev.firebreak.eventlog.term.Part;
import dev.firebreak.eventlog.term.Peer;
import dev.firebreak.eventlog.term.Scope;
import dev.firebreak.eventlog.term.Subject;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What an ask comes to on an enforcer, by the membership of now. The planner and the compilation
/// both ask here, so what is shown beforehand is what is pushed.
final class Resolution {
    private static final String HOST = "host";

    private final Inventory inventory;
    private final Enforcers enforcers;

    Resolution(Inventory inventory, Enforcers enforcers) {
        this.inventory = inventory;
        this.enforcers = enforcers;
    }

    PeerBlocks peers(Ask ask) {
        return ask.subject() instanceof Scope.Cidr(var block)
                ? new PeerBlocks.Named(List.of(block), List.of())
                : PeerBlocks.of(inventory, ask.peer());
    }

    /// Every enforcer that may have a part, each once and in order.
    List<EnforcerName> enforcers(Ask ask) {
        return candidates(ask).distinct().sorted(Order.ENFORCERS).toList();
    }

    /// The part of one enforcer, given the peers' blocks, where none means everyone.
    Optional<Part> part(Ask ask, EnforcerName enforcer, List<CidrBlock> peers) {
        var subjects =
                subjects(
                        ask.subject(), enforcer, workload -> Scopes.cover(ask.subject(), workload));
        return mayHold(ask, enforcer, peers) && !subjects.isEmpty()
                ? Optional.of(new Part(enforcer, subjects, peers))
                : Optional.empty();
    }

    /// Whether this enforcer may have a part, whoever runs there.
    boolean mayHold(Ask ask, EnforcerName enforcer, List<CidrBlock> peers) {
        return ask.effect() == Effect.DENY
                && isAsked(ask, enforcer)
                && enforcers.isEnrolled(enforcer)
                && !meansEveryoneByMistake(ask, peers);
    }

    /// What is cut on this enforcer: of a host or a block the whole host, of any other scope where
    /// its members run.
    List<Subject> subjects(Scope scope, EnforcerName enforcer, Predicate<KnownWorkload> members) {
        if (!HOST.equals(enforcer.kind())) {
            return List.of();
        }
        var host = new HostName(enforcer.name());
        return switch (scope) {
            case Scope.Host(var asked) ->
                    asked.equals(host) ? List.of(new Subject.WholeHost()) : List.of();
            case Scope.Cidr _ -> List.of(new Subject.WholeHost());
            case Scope.Workload _,
                    Scope.Labelled _,
                    Scope.Env _,
                    Scope.OfTenant _,
                    Scope.SecurityGroup _,
                    Scope.DatabaseRole _ ->
                    cgroups(host, members);
        };
    }

    boolean isAsked(Ask ask, EnforcerName enforcer) {
        return ask.on().isEmpty() || ask.on().contains(enforcer);
    }

    private Stream<EnforcerName> candidates(Ask ask) {
        return switch (ask.subject()) {
            case Scope.Host(var host) -> Stream.of(EnforcerName.onHost(host));
            case Scope.Cidr _ ->
                    enforcers.all().stream()
                            .map(KnownEnforcer::name)
                            .filter(name -> HOST.equals(name.kind()));
            case Scope.Workload _,
                    Scope.Labelled _,
                    Scope.Env _,
                    Scope.OfTenant _,
                    Scope.SecurityGroup _,
                    Scope.DatabaseRole _ ->
                    inventory.members(ask.subject()).stream()
                            .map(KnownWorkload::hosts)
                            .flatMap(Collection::stream)
                            .map(EnforcerName::onHost);
        };
    }

    private List<Subject> cgroups(HostName host, Predicate<KnownWorkload> members) {
        return inventory.on(host).stream()
                .filter(members)
                .flatMap(workload -> workload.cgroupsOn(host).stream())
                .map(path -> (Subject) new Subject.Cgroup(path))
                .distinct()
                .sorted(Order.SUBJECTS)
                .toList();
    }

    /// No peers mean everyone to an enforcer, so an ask that names its peer may not come to none.
    private static boolean meansEveryoneByMistake(Ask ask, List<CidrBlock> peers) {
        var named = ask.peer() instanceof Peer.Of || ask.subject() instanceof Scope.Cidr;
        return named && peers.isEmpty();
    }
}
