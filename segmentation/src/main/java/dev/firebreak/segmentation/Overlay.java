package dev.firebreak.segmentation;

import dev.firebreak.eventlog.term.Ask;
import dev.firebreak.eventlog.term.CidrBlock;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.Direction;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.Part;
import dev.firebreak.eventlog.term.Peer;
import dev.firebreak.eventlog.term.Scope;
import dev.firebreak.eventlog.term.Subject;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The denies that running containments put on each enforcer, kept up event by event.
///
/// An event recomputes only the pairs of enforcer and containment that it can touch, and an
/// enforcer's generation moves only when what it is to hold really became different.
final class Overlay {
    private static final SortedMap<ContainmentId, DesiredDeny> NOTHING =
            Collections.unmodifiableSortedMap(new TreeMap<>(Order.CONTAINMENTS));

    private final Containments containments;
    private final Resolution resolution;
    private final Admission admission;
    private final Sanctuary sanctuary;
    private final Map<EnforcerName, TreeMap<ContainmentId, DesiredDeny>> byEnforcer =
            new HashMap<>();
    private final Map<ContainmentId, Set<EnforcerName>> holders = new HashMap<>();
    private final Map<EnforcerName, Long> generations = new HashMap<>();

    Overlay(
            Containments containments,
            Resolution resolution,
            Admission admission,
            Sanctuary sanctuary) {
        this.containments = containments;
        this.resolution = resolution;
        this.admission = admission;
        this.sanctuary = sanctuary;
    }

    long generation(EnforcerName enforcer) {
        return generations.getOrDefault(enforcer, 0L);
    }

    /// As the log has it; some may have expired by the time somebody asks.
    SortedMap<ContainmentId, DesiredDeny> on(EnforcerName enforcer) {
        var denies = byEnforcer.get(enforcer);
        return denies == null ? NOTHING : denies;
    }

    Set<EnforcerName> holding(ContainmentId id) {
        return Collections.unmodifiableSet(holders.getOrDefault(id, Set.of()));
    }

    void containmentChanged(ContainmentId id, long position) {
        var running = running(id);
        var touched =
                new HashSet<>(
                        running.map(this::enforcers)
                                .orElseGet(() -> holders.getOrDefault(id, Set.of())));
        var peers = running.map(this::peers).orElse(List.of());
        touched.forEach(enforcer -> hold(enforcer, id, running, peers, position));
    }

    void enforcerChanged(EnforcerName enforcer, long position) {
        for (var known : containments.running()) {
            hold(enforcer, known.id(), Optional.of(known), peers(known), position);
        }
    }

    /// `before` and `after` are what is known of one workload around the event, either one maybe
    /// missing: it may move a peer, and may be protected. `moved` is where containments cut
    /// something, or let it go, because of it.
    void workloadChanged(
            Optional<KnownWorkload> before,
            Optional<KnownWorkload> after,
            Map<ContainmentId, Set<EnforcerName>> moved,
            long position) {
        var sheltered =
                Stream.concat(before.stream(), after.stream()).filter(sanctuary::protects).toList();
        var sheltering =
                sheltered.stream()
                        .flatMap(workload -> workload.hosts().stream())
                        .map(EnforcerName::onHost)
                        .collect(Collectors.toSet());
        for (var known : containments.running()) {
            var ask = known.plan().ask();
            var touched = new LinkedHashSet<>(moved.getOrDefault(known.id(), Set.of()));
            touched.addAll(sheltering);
            var mayShield = !sheltered.isEmpty() && Scopes.isHostWide(ask.subject());
            if (mayShield || isPeer(ask, before) || isPeer(ask, after)) {
                touched.addAll(enforcers(known));
            }
            var peers = touched.isEmpty() ? List.<CidrBlock>of() : peers(known);
            touched.forEach(
                    enforcer -> hold(enforcer, known.id(), Optional.of(known), peers, position));
        }
    }

    /// Every enforcer that holds, or may have to hold, something of it.
    private Set<EnforcerName> enforcers(KnownContainment known) {
        var all = new HashSet<>(holders.getOrDefault(known.id(), Set.of()));
        all.addAll(resolution.enforcers(known.plan().ask()));
        all.addAll(admission.enforcers(known.id()));
        known.plan().parts().forEach(part -> all.add(part.enforcer()));
        return all;
    }

    private Optional<KnownContainment> running(ContainmentId id) {
        return containments.find(id).filter(known -> known.stage() instanceof Stage.Running);
    }

    private static boolean covers(Scope scope, Optional<KnownWorkload> workload) {
        return workload.filter(known -> Scopes.cover(scope, known)).isPresent();
    }

    private static boolean isPeer(Ask ask, Optional<KnownWorkload> workload) {
        return ask.peer() instanceof Peer.Of(var scope)
                && !(scope instanceof Scope.Cidr)
                && covers(scope, workload);
    }

    /// What its plan named, and the peers by today's membership. When that can no longer be named
    /// (the peer was retired, or grew beyond what can be listed) what was planned goes on holding.
    private List<CidrBlock> peers(KnownContainment known) {
        var planned = known.plan().parts().stream().findFirst().map(Part::peers).orElse(List.of());
        return switch (resolution.peers(known.plan().ask())) {
            case PeerBlocks.Everyone _ -> List.of();
            case PeerBlocks.Named(var blocks, _) ->
                    Stream.concat(planned.stream(), followed(known.plan().ask(), blocks))
                            .distinct()
                            .sorted(Order.BLOCKS)
                            .toList();
            case PeerBlocks.Inexpressible _ -> planned;
        };
    }

    /// A workload that is cut from something protected harms itself alone; a host does not.
    private Stream<CidrBlock> followed(Ask ask, List<CidrBlock> blocks) {
        return Scopes.isHostWide(ask.subject()) ? sanctuary.sparedPeers(blocks) : blocks.stream();
    }

    private void hold(
            EnforcerName enforcer,
            ContainmentId id,
            Optional<KnownContainment> known,
            List<CidrBlock> peers,
            long position) {
        var deny = known.flatMap(running -> deny(running, enforcer, peers));
        var denies = byEnforcer.computeIfAbsent(enforcer, _ -> new TreeMap<>(Order.CONTAINMENTS));
        var before = Optional.ofNullable(denies.get(id));
        if (!before.equals(deny)) {
            generations.put(enforcer, position);
        }
        if (deny.isPresent()) {
            denies.put(id, deny.get());
            holders.computeIfAbsent(id, _ -> new HashSet<>()).add(enforcer);
        } else {
            denies.remove(id);
            forget(enforcer, id);
        }
        if (denies.isEmpty()) {
            byEnforcer.remove(enforcer);
        }
    }

    private void forget(EnforcerName enforcer, ContainmentId id) {
        var all = holders.getOrDefault(id, new HashSet<>());
        all.remove(enforcer);
        if (all.isEmpty()) {
            holders.remove(id);
        }
    }

    private Optional<DesiredDeny> deny(
            KnownContainment known, EnforcerName enforcer, List<CidrBlock> peers) {
        var ask = known.plan().ask();
        if (!(known.stage() instanceof Stage.Running running)) {
            return Optional.empty();
        }
        var subjects = cut(known, enforcer);
        return subjects.isEmpty() || !resolution.mayHold(ask, enforcer, peers)
                ? Optional.empty()
                : Optional.of(deny(known.id(), ask, subjects, peers, running.expiresAt()));
    }

    /// What its plan cut, and where its members run now. A deployment is somebody's word, and what
    /// it says is gone may go on running: so nobody gets out of a containment by one.
    private List<Subject> cut(KnownContainment known, EnforcerName enforcer) {
        var planned =
                known.plan().parts().stream()
                        .filter(part -> part.enforcer().equals(enforcer))
                        .flatMap(part -> part.subjects().stream());
        var scope = known.plan().ask().subject();
        var members =
                Places.areCounted(scope)
                        ? admission.subjects(known.id(), enforcer)
                        : resolution.subjects(scope, enforcer, _ -> false);
        return Stream.concat(planned, sanctuary.spared(enforcer, members).stream())
                .distinct()
                .sorted(Order.SUBJECTS)
                .toList();
    }

    private static DesiredDeny deny(
            ContainmentId id,
            Ask ask,
            List<Subject> subjects,
            List<CidrBlock> peers,
            Instant expiresAt) {
        return new DesiredDeny(
                id,
                ask.effect(),
                subjects,
                seenFromTheSubjects(ask),
                peers,
                ask.ports(),
                expiresAt);
    }

    /// A block of addresses is cut at the hosts it talks with: what comes in to it goes out of
    /// them.
    private static Direction seenFromTheSubjects(Ask ask) {
        if (!(ask.subject() instanceof Scope.Cidr)) {
            return ask.direction();
        }
        return switch (ask.direction()) {
            case INGRESS -> Direction.EGRESS;
            case EGRESS -> Direction.INGRESS;
            case BOTH -> Direction.BOTH;
        };
    }
}
