package dev.firebreak.eventlog.log;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.net.URI;
import java.time.ZoneOffset;
import org.apache.kafka.clients.producer.ProducerRecord;

/// A row of the log as a CloudEvent 1.0, and that as a Kafka record in binary mode: attributes in
/// headers, the value being the very bytes that the log stores. The key is the stream, so that
/// Kafka keeps the order of each stream.
final class CloudEvents {

    private static final String TYPE_PREFIX = "dev.firebreak.";

    private CloudEvents() {}

    static ProducerRecord<String, byte[]> record(String topic, URI source, StoredEvent row) {
        return KafkaMessageFactory.<String>createWriter(topic, row.stream())
                .writeBinary(event(source, row));
    }

    /// `position` is text since CloudEvents' own integers end at 2³¹.
    static CloudEvent event(URI source, StoredEvent row) {
        return CloudEventBuilder.v1()
                .withId(row.id().toString())
                .withSource(source)
                .withType(TYPE_PREFIX + row.name().name())
                .withSubject(row.stream())
                .withTime(StoredEvent.instant(row.validAt()).atOffset(ZoneOffset.UTC))
                .withData("application/json", row.payload().array())
                .withExtension("partitionkey", row.stream())
                .withExtension("position", Long.toString(row.position()))
                .withExtension("revision", row.name().revision())
                .withExtension("recordedat", StoredEvent.instant(row.recordedAt()).toString())
                .withExtension("actor", row.actor())
                .withExtension("surface", row.surface())
                .withExtension("correlation", row.correlation().toString())
                .withExtension("causation", row.causation().toString())
                .build();
    }
}
