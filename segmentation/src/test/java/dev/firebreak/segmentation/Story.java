package dev.firebreak.segmentation;

import dev.firebreak.eventlog.event.Event;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentOrdered;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentReleased;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentRequested;
import dev.firebreak.eventlog.event.containment.ReleaseCause;
import dev.firebreak.eventlog.event.deployment.DeploymentEvent.WorkloadDeployed;
import dev.firebreak.eventlog.event.deployment.DeploymentEvent.WorkloadRetired;
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent.EnforcerEnrolled;
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent.EnforcerRevoked;
import dev.firebreak.eventlog.log.LogEntry;
import dev.firebreak.eventlog.log.Provenance;
import dev.firebreak.eventlog.term.Ask;
import dev.firebreak.eventlog.term.CgroupPath;
import dev.firebreak.eventlog.term.CidrBlock;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.Direction;
import dev.firebreak.eventlog.term.Effect;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.Environment;
import dev.firebreak.eventlog.term.HostName;
import dev.firebreak.eventlog.term.IncidentId;
import dev.firebreak.eventlog.term.Labels;
import dev.firebreak.eventlog.term.Peer;
import dev.firebreak.eventlog.term.Placement;
import dev.firebreak.eventlog.term.Plan;
import dev.firebreak.eventlog.term.Ports;
import dev.firebreak.eventlog.term.Reason;
import dev.firebreak.eventlog.term.ResponderName;
import dev.firebreak.eventlog.term.Scope;
import dev.firebreak.eventlog.term.Surface;
import dev.firebreak.eventlog.term.Ttl;
import dev.firebreak.eventlog.term.WorkloadName;
import dev.firebreak.segmentation.Drawing.DrawnPlan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/// A log written by hand, and the estate that it implies so far.
final class Story {
    static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    static final ResponderName ANN = new ResponderName("ann");
    private static final UUID SAME = new UUID(0, 1);

    final Estate estate;
    final List<LogEntry> log = new ArrayList<>();

    Story(String... protectedScopes) {
        estate = new Estate(Stream.of(protectedScopes).map(Scope::parse).toList());
    }

    Story happens(Event event) {
        var entry =
                new LogEntry(
                        log.size() + 1L,
                        new UUID(1, log.size()),
                        event,
                        new Provenance(ANN, Surface.CLI, SAME, SAME),
                        event.at());
        log.add(entry);
        estate.apply(entry);
        return this;
    }

    Story enrolled(String... hosts) {
        for (var host : hosts) {
            happens(new EnforcerEnrolled(host(host), "ab12", NOON.plusSeconds(9_999), NOON));
        }
        return this;
    }

    Story revoked(String host) {
        return happens(new EnforcerRevoked(host(host), new Reason("stolen"), ANN, NOON));
    }

    Story deployed(String name, String env, String labels, Placement... placements) {
        return happens(
                new WorkloadDeployed(
                        WorkloadName.parse(name),
                        new Environment(env),
                        "team-" + WorkloadName.parse(name).namespace(),
                        labels.isEmpty() ? Labels.NONE : Labels.parse(labels),
                        List.of(placements),
                        ANN,
                        NOON));
    }

    Story retired(String name) {
        return happens(
                new WorkloadRetired(WorkloadName.parse(name), new Reason("gone"), ANN, NOON));
    }

    ContainmentId requested(Ask ask) {
        var drawn = drawn(ask);
        happens(
                new ContainmentRequested(
                        drawn.containment(),
                        drawn.plan(),
                        Ttl.ofMinutes(30),
                        new Reason("odd traffic"),
                        IncidentId.NONE,
                        ANN,
                        NOON));
        return drawn.containment();
    }

    ContainmentId contained(Ask ask) {
        return contained(ask, NOON.plusSeconds(1_800));
    }

    ContainmentId contained(Ask ask, Instant expiresAt) {
        return contained(ask, expiresAt, 100);
    }

    ContainmentId contained(Ask ask, Instant expiresAt, int atMost) {
        var id = requested(ask);
        happens(new ContainmentOrdered(id, expiresAt, atMost, NOON));
        return id;
    }

    Story released(ContainmentId id) {
        return happens(new ContainmentReleased(id, ReleaseCause.PERSON, "done", ANN, NOON));
    }

    DrawnPlan drawn(Ask ask, String... protectedScopes) {
        var scopes = List.of(protectedScopes).stream().map(Scope::parse).toList();
        return (DrawnPlan) Planner.draw(estate, ask, scopes, NOON);
    }

    Plan plan(Ask ask) {
        return drawn(ask).plan();
    }

    DesiredState desired(String host) {
        return Compilation.desired(estate, host(host), NOON);
    }

    static EnforcerName host(String name) {
        return EnforcerName.onHost(new HostName(name));
    }

    static Placement on(String host, String cgroup) {
        return new Placement.OnHost(new HostName(host), new CgroupPath(cgroup));
    }

    static Placement at(String address) {
        return new Placement.Address(CidrBlock.parse(address));
    }

    static Ask cut(String subject) {
        return cut(subject, "everyone");
    }

    static Ask cut(String subject, String peer) {
        return cut(subject, peer, Direction.BOTH, "all");
    }

    static Ask cut(String subject, String peer, Direction direction, String ports) {
        return new Ask(
                Effect.DENY,
                Scope.parse(subject),
                Peer.parse(peer),
                direction,
                Ports.parse(ports),
                List.of());
    }

    static Ask cutOn(String subject, String... hosts) {
        return new Ask(
                Effect.DENY,
                Scope.parse(subject),
                Peer.EVERYONE,
                Direction.BOTH,
                Ports.ALL,
                List.of(hosts).stream().map(Story::host).toList());
    }
}
