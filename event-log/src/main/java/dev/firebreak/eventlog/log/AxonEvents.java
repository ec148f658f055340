package dev.firebreak.eventlog.log;

import dev.firebreak.eventlog.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.GenericTrackedEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.MetaData;

/// Axon's messages ⇄ the log's rows. The aggregate identifier is the stream.
final class AxonEvents {

    private AxonEvents() {}

    /// A command's key goes on the first event only; one command has one answer.
    static List<PreparedEvent> prepared(List<? extends EventMessage<?>> messages) {
        var prepared = new ArrayList<PreparedEvent>(messages.size());
        for (var message : messages) {
            var key = prepared.isEmpty() ? EventMetaData.commandKey(message.getMetaData()) : "";
            prepared.add(prepared(message, key));
        }
        return prepared;
    }

    private static PreparedEvent prepared(EventMessage<?> message, String key) {
        if (!(message.getPayload() instanceof Event event)) {
            throw new IllegalArgumentException(
                    "not an event of the log: " + message.getPayloadType().getName());
        }
        return new PreparedEvent(
                UUID.fromString(message.getIdentifier()),
                event,
                sequence(message, event),
                EventMetaData.provenance(message.getMetaData()),
                key);
    }

    private static long sequence(EventMessage<?> message, Event event) {
        if (!(message instanceof DomainEventMessage<?> domain)) {
            return PreparedEvent.NO_SEQUENCE;
        }
        if (!event.stream().equals(domain.getAggregateIdentifier())) {
            throw new IllegalStateException(
                    "aggregate %s applied an event of %s"
                            .formatted(domain.getAggregateIdentifier(), event.stream()));
        }
        return domain.getSequenceNumber();
    }

    static DomainEventMessage<?> domain(StoredEvent row, EventJson json) {
        var entry = row.entry(json);
        if (entry.event() instanceof UnreadableEvent event) {
            throw new UnreadableStream(event, row.position());
        }
        return domain(row, entry);
    }

    static TrackedEventMessage<?> tracked(StoredEvent row, LogEntry entry) {
        var token = new GlobalSequenceTrackingToken(row.position());
        return row.sequence() == PreparedEvent.NO_SEQUENCE
                ? new GenericTrackedEventMessage<>(
                        token,
                        new GenericEventMessage<>(
                                row.id().toString(),
                                entry.event(),
                                metaData(row, entry),
                                entry.event().at()))
                : new GenericTrackedDomainEventMessage<>(token, domain(row, entry));
    }

    private static DomainEventMessage<Event> domain(StoredEvent row, LogEntry entry) {
        return new GenericDomainEventMessage<>(
                type(row.stream()),
                row.stream(),
                row.sequence(),
                entry.event(),
                metaData(row, entry),
                row.id().toString(),
                entry.event().at());
    }

    private static Map<String, ?> metaData(StoredEvent row, LogEntry entry) {
        return MetaData.from(EventMetaData.of(entry.provenance(), row.commandKey()));
    }

    private static String type(String stream) {
        var slash = stream.indexOf('/');
        return slash < 0 ? stream : stream.substring(0, slash);
    }
}
