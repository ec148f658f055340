package dev.firebreak.eventlog.log;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// Where the log is published to. `more` are settings of the Kafka producer (security, say); they
/// cannot weaken order or durability. `source` names this installation in each CloudEvent.
public record KafkaSettings(
        String bootstrapServers, String topic, URI source, Map<String, String> more) {

    public static final String TOPIC = "firebreak.events";

    private static final int MAX_BLOCK_MILLIS = 5_000;
    private static final int MAX_MEMORY_BYTES = 32 << 20;

    public KafkaSettings {
        more = Map.copyOf(more);
    }

    public static KafkaSettings to(String bootstrapServers) {
        return new KafkaSettings(bootstrapServers, TOPIC, URI.create("/firebreak"), Map.of());
    }

    /// The producer never gives up on a record by itself, for then a later one of the same stream
    /// could overtake it; idempotence keeps retries in order.
    Map<String, Object> producer() {
        var settings = new HashMap<String, Object>(more);
        settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, "firebreak-log");
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.RETRIES_CONFIG, Integer.MAX_VALUE);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MILLIS);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, MAX_MEMORY_BYTES);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 2 * EventJson.MAX_BYTES);
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        return settings;
    }
}
