package dev.firebreak.queryside;

import dev.firebreak.eventlog.event.Event;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.Contained;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentLifted;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentOrdered;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentReleased;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentRequested;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.EnforcementReported;
import dev.firebreak.eventlog.event.containment.ReleaseCause;
import dev.firebreak.eventlog.event.deployment.DeploymentEvent.WorkloadDeployed;
import dev.firebreak.eventlog.event.deployment.DeploymentEvent.WorkloadRetired;
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent.EnforcerConnected;
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent.EnforcerEnrolled;
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent.EnforcerSilent;
import dev.firebreak.eventlog.event.flow.DeniedFlow;
import dev.firebreak.eventlog.event.flow.FlowEvent.DeniedFlowsSeen;
import dev.firebreak.eventlog.log.LogEntry;
import dev.firebreak.eventlog.log.Provenance;
import dev.firebreak.eventlog.term.Ask;
import dev.firebreak.eventlog.term.CgroupPath;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.Direction;
import dev.firebreak.eventlog.term.Effect;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.Environment;
import dev.firebreak.eventlog.term.Gap;
import dev.firebreak.eventlog.term.HostName;
import dev.firebreak.eventlog.term.IncidentId;
import dev.firebreak.eventlog.term.Labels;
import dev.firebreak.eventlog.term.Part;
import dev.firebreak.eventlog.term.PartReport;
import dev.firebreak.eventlog.term.PartState;
import dev.firebreak.eventlog.term.Peer;
import dev.firebreak.eventlog.term.Placement;
import dev.firebreak.eventlog.term.Plan;
import dev.firebreak.eventlog.term.Ports;
import dev.firebreak.eventlog.term.Reach;
import dev.firebreak.eventlog.term.Reason;
import dev.firebreak.eventlog.term.ResponderName;
import dev.firebreak.eventlog.term.Scope;
import dev.firebreak.eventlog.term.Sessions;
import dev.firebreak.eventlog.term.Subject;
import dev.firebreak.eventlog.term.Surface;
import dev.firebreak.eventlog.term.Ttl;
import dev.firebreak.eventlog.term.WorkloadName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/// Events for tests, with little said of what does not matter.
public final class Happenings {
    public static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    public static final Instant END = NOON.plusSeconds(1_800);
    public static final ResponderName ANN = new ResponderName("ann");
    public static final Provenance BY_ANN =
            new Provenance(ANN, Surface.CLI, new UUID(0, 1), new UUID(0, 1));

    private Happenings() {}

    public static ContainmentId id(int number) {
        return ContainmentId.parse("C-%07d".formatted(number));
    }

    public static EnforcerName host(String name) {
        return EnforcerName.onHost(new HostName(name));
    }

    public static ContainmentRequested requested(ContainmentId id, String... hosts) {
        return requested(id, List.of(), hosts);
    }

    /// Of which its plan could not cover the gaps.
    public static ContainmentRequested requested(
            ContainmentId id, List<Gap> gaps, String... hosts) {
        var parts =
                Arrays.stream(hosts)
                        .map(host ->
                                new Part(
                                        host(host),
                                        List.of(new Subject.Cgroup(new CgroupPath("/shop/cart"))),
                                        List.of()))
                        .toList();
        var plan =
                new Plan(
                        new Ask(
                                Effect.DENY,
                                Scope.parse("shop/cart"),
                                Peer.EVERYONE,
                                Direction.BOTH,
                                Ports.ALL,
                                List.of()),
                        parts,
                        gaps,
                        new Reach(1, 12, List.of("shop/cart"), List.of("team-shop")),
                        List.of());
        return new ContainmentRequested(
                id, plan, Ttl.ofMinutes(30), new Reason("odd traffic"), IncidentId.NONE, ANN, NOON);
    }

    public static ContainmentOrdered ordered(ContainmentId id) {
        return new ContainmentOrdered(id, END, 5, NOON);
    }

    public static EnforcementReported reported(
            ContainmentId id, String host, PartState state, String sentence) {
        return reported(id, host, state, sentence, new Sessions(2, 1));
    }

    public static EnforcementReported reported(
            ContainmentId id, String host, PartState state, String sentence, Sessions sessions) {
        return reported(id, host, state, sentence, sessions, List.of());
    }

    /// Held, except for whom the gaps name.
    public static EnforcementReported reportedExcept(ContainmentId id, String host, Gap... gaps) {
        return reported(id, host, PartState.HELD_EXCEPT, "read back", Sessions.NONE, List.of(gaps));
    }

    private static EnforcementReported reported(
            ContainmentId id,
            String host,
            PartState state,
            String sentence,
            Sessions sessions,
            List<Gap> gaps) {
        return new EnforcementReported(
                id,
                List.of(
                        new PartReport(
                                host(host),
                                7,
                                state,
                                sentence,
                                List.of("raw sockets pass"),
                                gaps,
                                sessions,
                                NOON)),
                NOON);
    }

    public static Contained contained(ContainmentId id) {
        return new Contained(id, List.of(), List.of(), NOON);
    }

    public static ContainmentReleased released(ContainmentId id) {
        return new ContainmentReleased(id, ReleaseCause.PERSON, "all clear", ANN, NOON);
    }

    public static WorkloadDeployed deployed(String name, String host) {
        return new WorkloadDeployed(
                WorkloadName.parse(name),
                new Environment("prod"),
                "team-shop",
                Labels.parse("tier=front"),
                List.of(new Placement.OnHost(new HostName(host), new CgroupPath("/" + name))),
                ANN,
                NOON);
    }

    public static EnforcerEnrolled enrolled(String host) {
        return new EnforcerEnrolled(host(host), "ab12cd34ef56ab12", END, NOON);
    }

    public static EnforcerConnected connected(String host) {
        return new EnforcerConnected(host(host), "ab12", "0.1", "6.18", "boot-1", List.of(), NOON);
    }

    public static EnforcerSilent silent(String host) {
        return new EnforcerSilent(host(host), NOON.minusSeconds(60), NOON);
    }

    public static DeniedFlowsSeen denied(
            String host, long batch, ContainmentId id, String fingerprint, long packets) {
        return new DeniedFlowsSeen(
                host(host),
                "boot-1",
                batch,
                List.of(
                        new DeniedFlow(
                                id,
                                Direction.EGRESS,
                                "tcp",
                                "203.0.113.9",
                                443,
                                packets,
                                packets * 60,
                                NOON,
                                NOON.plusSeconds(batch),
                                fingerprint)),
                3,
                NOON);
    }

    /// A long and mixed history, the same for the same seed.
    public static List<Event> history(int seed, int length) {
        var random = new Random(seed);
        var events = new ArrayList<Event>();
        var contained = 0;
        while (events.size() < length) {
            var host = "web-" + random.nextInt(5);
            var some = id(contained == 0 ? 0 : random.nextInt(contained));
            switch (random.nextInt(9)) {
                case 0 -> events.add(requested(id(contained++), host, "web-x"));
                case 1 -> events.add(ordered(some));
                case 2 -> events.add(reported(some, host, PartState.HELD, "held"));
                case 3 -> events.add(contained(some));
                case 4 -> events.add(released(some));
                case 5 -> events.add(new ContainmentLifted(some, NOON));
                case 6 ->
                        events.add(
                                random.nextBoolean()
                                        ? deployed("shop/w" + random.nextInt(4), host)
                                        : new WorkloadRetired(
                                                WorkloadName.parse("shop/w" + random.nextInt(4)),
                                                new Reason("gone"),
                                                ANN,
                                                NOON));
                case 7 -> events.add(random.nextBoolean() ? connected(host) : silent(host));
                default ->
                        events.add(
                                denied(
                                        host,
                                        random.nextInt(events.size() + 1),
                                        some,
                                        "f" + random.nextInt(3),
                                        random.nextInt(100)));
            }
        }
        return events;
    }

    /// As the log would hold them from position 1 on.
    public static List<LogEntry> entries(List<? extends Event> events) {
        var entries = new ArrayList<LogEntry>();
        for (var event : events) {
            var position = entries.size() + 1L;
            entries.add(new LogEntry(position, new UUID(1, position), event, BY_ANN, event.at()));
        }
        return entries;
    }
}
