package dev.firebreak.eventlog.log;

import static dev.firebreak.eventlog.log.Samples.one;
import static dev.firebreak.eventlog.log.Samples.silent;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaPublisherTest {

    private final TestDatabase database = TestDatabase.create();
    private final PostgresLog log = PostgresLog.open(database.application());

    @AfterEach
    void close() {
        log.close();
    }

    /// One story, since a broker is slow to start: away at first, then there, away again with a
    /// change of publisher meanwhile, and back.
    @Test
    void every_event_reaches_kafka_in_order_whatever_the_broker_does(@TempDir Path data) {
        var settings = KafkaSettings.to("");
        try (var broker = new TestBroker(data)) {
            settings = KafkaSettings.to(broker.address());
            append("a", 0, 3);
            try (var publisher = KafkaPublisher.start(log, settings)) {
                await().until(() -> publisher.lag() == 3);
                broker.start();
                await().atMost(Duration.ofSeconds(40)).until(() -> publisher.lag() == 0);

                broker.stop();
                append("a", 3, 5);
                append("b", 0, 2);
                assertThat(publisher.lag()).isEqualTo(4);
            }
            try (var next = KafkaPublisher.start(log, settings)) {
                broker.start();
                await().atMost(Duration.ofSeconds(40)).until(() -> next.position() == 7);
                assertThat(next.lag()).isZero();
            }
            assertThatAllArrived(received(broker, 7));
        }
    }

    @Test
    void without_a_broker_appending_and_closing_are_as_quick_as_ever() {
        try (var publisher = KafkaPublisher.start(log, KafkaSettings.to("127.0.0.1:1"))) {
            append("a", 0, 20);
            assertThat(publisher.lag()).isEqualTo(20);
            assertThat(publisher.position()).isZero();
        }
        assertThat(log.head()).isEqualTo(20);
    }

    /// In binary mode as any client sees it: attributes in headers, the stored bytes as the value.
    private void assertThatAllArrived(List<ConsumerRecord<String, byte[]>> records) {
        assertThat(positions(records, "enforcer/host/a")).containsExactly("1", "2", "3", "4", "5");
        assertThat(positions(records, "enforcer/host/b")).containsExactly("6", "7");
        var stored = log.read(0, 1).getFirst();
        var first =
                records.stream()
                        .filter(one -> header(one, "ce_id").equals(stored.id().toString()))
                        .findFirst()
                        .orElseThrow();
        assertThat(header(first, "ce_specversion")).isEqualTo("1.0");
        assertThat(header(first, "ce_type")).isEqualTo("dev.firebreak.enforcer.silent");
        assertThat(header(first, "ce_revision")).isEqualTo("1");
        assertThat(header(first, "ce_source")).isEqualTo("/firebreak");
        assertThat(header(first, "ce_subject")).isEqualTo("enforcer/host/a");
        assertThat(header(first, "ce_correlation"))
                .isEqualTo(stored.provenance().correlation().toString());
        assertThat(header(first, "content-type")).isEqualTo("application/json");
        assertThat(first.value()).isEqualTo(EventJson.bytes(stored.event()));
    }

    /// Each once, by id, as a reader would who may see some twice.
    private static List<String> positions(
            List<ConsumerRecord<String, byte[]>> records, String stream) {
        return records.stream()
                .filter(record -> record.key().equals(stream))
                .map(record -> header(record, "ce_position"))
                .distinct()
                .toList();
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }

    private void append(String stream, int from, int to) {
        LongStream.range(from, to).forEach(i -> log.appendEvents(one(silent(stream), i)));
    }

    private static List<ConsumerRecord<String, byte[]>> received(TestBroker broker, int atLeast) {
        var received = new ArrayList<ConsumerRecord<String, byte[]>>();
        var settings =
                Map.<String, Object>of(
                        "bootstrap.servers", broker.address(),
                        "group.id", "test",
                        "auto.offset.reset", "earliest");
        try (var consumer =
                new KafkaConsumer<>(
                        settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(KafkaSettings.TOPIC));
            await().atMost(Duration.ofSeconds(40))
                    .until(() -> {
                        consumer.poll(Duration.ofMillis(200)).forEach(received::add);
                        return received.size() >= atLeast;
                    });
        }
        return received;
    }
}
