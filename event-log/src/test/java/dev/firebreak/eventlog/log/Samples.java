package dev.firebreak.eventlog.log;

import dev.firebreak.eventlog.event.Event;
import dev.firebreak.eventlog.event.deployment.DeploymentEvent.WorkloadRetired;
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent.EnforcerSilent;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.Reason;
import dev.firebreak.eventlog.term.ResponderName;
import dev.firebreak.eventlog.term.Surface;
import dev.firebreak.eventlog.term.WorkloadName;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;

/// Small events and messages for tests.
final class Samples {

    static final Instant NOON = Instant.parse("2026-11-23T12:00:00.123456789Z");
    static final ResponderName ANN = new ResponderName("ann");

    private Samples() {}

    static Provenance byAnn() {
        return new Provenance(ANN, Surface.REST, UUID.randomUUID(), UUID.randomUUID());
    }

    static Event silent(String host) {
        return new EnforcerSilent(new EnforcerName("host", host), NOON, NOON);
    }

    static Event retired(String name) {
        return new WorkloadRetired(
                new WorkloadName("payments", name), new Reason("no longer needed"), ANN, NOON);
    }

    static DomainEventMessage<Event> message(Event event, long sequence) {
        return message(event, sequence, "");
    }

    static DomainEventMessage<Event> message(Event event, long sequence, String commandKey) {
        return new GenericDomainEventMessage<>(
                "test", event.stream(), sequence, event, EventMetaData.of(byAnn(), commandKey));
    }

    static List<DomainEventMessage<Event>> one(Event event, long sequence) {
        return List.of(message(event, sequence));
    }
}
