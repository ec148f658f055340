package dev.firebreak.bench.append;

import dev.firebreak.eventlog.event.deployment.DeploymentEvent.WorkloadDeployed;
import dev.firebreak.eventlog.log.EventMetaData;
import dev.firebreak.eventlog.log.Provenance;
import dev.firebreak.eventlog.term.CgroupPath;
import dev.firebreak.eventlog.term.Environment;
import dev.firebreak.eventlog.term.HostName;
import dev.firebreak.eventlog.term.Labels;
import dev.firebreak.eventlog.term.Placement;
import dev.firebreak.eventlog.term.ResponderName;
import dev.firebreak.eventlog.term.Surface;
import dev.firebreak.eventlog.term.WorkloadName;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;

/// What is appended: one deployment a time, each of another workload, each with a key of its own.
final class Deployments {

    static final ResponderName ANN = new ResponderName("ann");

    static final Environment ENVIRONMENT = new Environment("production");
    static final Labels LABELS = Labels.parse("team=payments,tier=backend,version=1.42.0");

    private final AtomicLong count = new AtomicLong();

    DomainEventMessage<WorkloadDeployed> next() {
        var number = nextNumber();
        var name = new WorkloadName("payments", "w-" + number);
        var event =
                new WorkloadDeployed(
                        name, ENVIRONMENT, "payments", LABELS, places(number), ANN, Instant.now());
        var provenance = new Provenance(ANN, Surface.REST, UUID.randomUUID(), UUID.randomUUID());
        return new GenericDomainEventMessage<>(
                "workload",
                event.stream(),
                0,
                event,
                EventMetaData.of(provenance, "bench-" + number));
    }

    long nextNumber() {
        return count.incrementAndGet();
    }

    static List<Placement> places(long number) {
        return List.of(
                new Placement.OnHost(
                        new HostName("web-" + number % 100),
                        new CgroupPath("/payments/w-" + number)));
    }
}
