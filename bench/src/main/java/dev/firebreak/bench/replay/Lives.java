package dev.firebreak.bench.replay;

import dev.firebreak.eventlog.event.Event;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.Contained;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentLifted;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentOrdered;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentReleased;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentRequested;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.EnforcementReported;
import dev.firebreak.eventlog.event.containment.ReleaseCause;
import dev.firebreak.eventlog.event.deployment.DeploymentEvent.WorkloadDeployed;
import dev.firebreak.eventlog.log.EventMetaData;
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
import java.util.List;
import java.util.UUID;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;

/// A history to replay: workloads are deployed, and each is contained once, from asking to lifted.
final class Lives {

    /// Events of one life.
    static final int LENGTH = 7;

    private static final ResponderName ANN = new ResponderName("ann");
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final CidrBlock PEER = CidrBlock.parse("203.0.113.0/24");
    private static final Ttl TTL = Ttl.ofMinutes(30);
    private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int ID_DIGITS = 7;

    private Lives() {}

    /// The `number`-th life, with its places in the streams.
    static List<DomainEventMessage<Event>> life(int number) {
        var name = new WorkloadName("payments", "w-" + number);
        var host = new HostName("web-" + number % 100);
        var cgroup = new CgroupPath("/payments/w-" + number);
        var at = START.plusSeconds(number);
        var messages = new ArrayList<DomainEventMessage<Event>>();
        messages.add(message(deployed(name, host, cgroup, at), 0));
        var sequence = 0;
        for (var event : containment(number, name, EnforcerName.onHost(host), cgroup, at)) {
            messages.add(message(event, sequence++));
        }
        return messages;
    }

    private static Event deployed(WorkloadName name, HostName host, CgroupPath cgroup, Instant at) {
        return new WorkloadDeployed(
                name,
                new Environment("production"),
                "payments",
                Labels.parse("team=payments,tier=backend"),
                List.of(new Placement.OnHost(host, cgroup)),
                ANN,
                at);
    }

    private static List<Event> containment(
            int number, WorkloadName name, EnforcerName enforcer, CgroupPath cgroup, Instant at) {
        var id = id(number);
        var plan =
                new Plan(
                        new Ask(
                                Effect.DENY,
                                new Scope.Workload(name),
                                new Peer.Of(new Scope.Cidr(PEER)),
                                Direction.EGRESS,
                                Ports.parse("443/tcp"),
                                List.of()),
                        List.of(
                                new Part(
                                        enforcer,
                                        List.of(new Subject.Cgroup(cgroup)),
                                        List.of(PEER))),
                        List.of(),
                        new Reach(1, 1_000, List.of(name.toString()), List.of("payments")),
                        List.of());
        var end = at.plus(TTL.duration());
        return List.of(
                new ContainmentRequested(
                        id, plan, TTL, new Reason("leaks cards"), IncidentId.NONE, ANN, at),
                new ContainmentOrdered(id, end, plan.reach().members(), at),
                new EnforcementReported(id, List.of(held(enforcer, number, at)), at),
                new Contained(id, List.of(enforcer), List.of(), at),
                new ContainmentReleased(id, ReleaseCause.EXPIRY, "its time was over", ANN, end),
                new ContainmentLifted(id, end));
    }

    private static PartReport held(EnforcerName enforcer, int number, Instant at) {
        return new PartReport(
                enforcer,
                number,
                PartState.VERIFIED,
                "held, and a probe was refused",
                List.of(),
                List.of(),
                new Sessions(1, 0),
                at);
    }

    private static ContainmentId id(int number) {
        var digits = new StringBuilder();
        for (var place = 0; place < ID_DIGITS; place++) {
            digits.insert(0, DIGITS.charAt(number >> (5 * place) & 31));
        }
        return new ContainmentId("C-" + digits);
    }

    private static DomainEventMessage<Event> message(Event event, long sequence) {
        var provenance = new Provenance(ANN, Surface.REST, UUID.randomUUID(), UUID.randomUUID());
        var stream = event.stream();
        return new GenericDomainEventMessage<>(
                stream.substring(0, stream.indexOf('/')),
                stream,
                sequence,
                event,
                EventMetaData.of(provenance, ""));
    }
}
