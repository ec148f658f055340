package dev.firebreak.service.wiring;

import dev.firebreak.eventlog.log.KafkaPublisher;
import dev.firebreak.eventlog.log.KafkaSettings;
import dev.firebreak.eventlog.log.PostgresLog;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/// The log on Kafka, where brokers are set.
@Singleton
class Publishing {

    private final PostgresLog log;
    private final Optional<KafkaSettings> settings;
    private Optional<KafkaPublisher> publisher = Optional.empty();

    Publishing(PostgresLog log, Settings settings) {
        this.log = log;
        var kafka = settings.kafka();
        this.settings =
                kafka.bootstrapServers()
                        .map(servers ->
                                new KafkaSettings(
                                        servers,
                                        kafka.topic(),
                                        URI.create("/firebreak"),
                                        Map.of()));
    }

    void start() {
        publisher = settings.map(each -> KafkaPublisher.start(log, each));
    }

    void close() {
        publisher.ifPresent(KafkaPublisher::close);
    }

    Optional<KafkaPublisher> publisher() {
        return publisher;
    }
}
