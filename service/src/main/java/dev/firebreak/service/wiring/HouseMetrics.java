package dev.firebreak.service.wiring;

import dev.firebreak.commandside.alarm.SteadyClock;
import dev.firebreak.eventlog.log.KafkaPublisher;
import dev.firebreak.eventlog.log.PostgresLog;
import dev.firebreak.queryside.Views;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/// What Prometheus is told of the house itself: the log, those who follow it, the alarms, the
/// clock.
@Singleton
class HouseMetrics {

    private final MeterRegistry registry;
    private final PostgresLog log;
    private final Followers followers;
    private final Views views;
    private final Publishing publishing;
    private final Ends ends;
    private final SteadyClock clock;

    HouseMetrics(
            MeterRegistry registry,
            PostgresLog log,
            Followers followers,
            Views views,
            Publishing publishing,
            Ends ends,
            SteadyClock clock) {
        this.registry = registry;
        this.log = log;
        this.followers = followers;
        this.views = views;
        this.publishing = publishing;
        this.ends = ends;
        this.clock = clock;
    }

    void start() {
        gauge("log.waiting", log, PostgresLog::waiting, "Appends that wait for their turn");
        gauge(
                "log.unreadable",
                log,
                PostgresLog::unreadable,
                "Log entries met that this release cannot read");
        gauge("projection.lag", views, Views::lag, "Log entries that cannot be seen yet");
        gauge(
                "projection.parked",
                views,
                Views::parked,
                "Log entries that the views passed by and that cannot be seen");
        gauge(
                "followers.broken",
                followers,
                all -> all.broken().size(),
                "Followers of the log that have stopped");
        gauge(
                "kafka.lag",
                publishing,
                HouseMetrics::unpublished,
                "Log entries that Kafka has not taken yet");
        gauge(
                "kafka.troubled",
                publishing,
                HouseMetrics::troubled,
                "1 while something stands between the log and Kafka");
        gauge("alarms.set", ends, all -> all.alarms().size(), "Ends that wait for their time");
        gauge(
                "alarms.watched",
                ends,
                all -> all.alarms().isWatching() ? 1 : 0,
                "0 when alarms ring no more and only the sweep ends anything");
        TimeGauge.builder(
                        "firebreak.clock.drift",
                        clock,
                        TimeUnit.MILLISECONDS,
                        each -> each.drift().toMillis())
                .description("How far the time of day has gone ahead of our clock since the start")
                .register(registry);
    }

    private <T> void gauge(String name, T measured, ToDoubleFunction<T> value, String description) {
        Gauge.builder("firebreak." + name, measured, value)
                .description(description)
                .register(registry);
    }

    private static double unpublished(Publishing publishing) {
        return publishing.publisher().map(KafkaPublisher::lag).orElse(0L);
    }

    private static double troubled(Publishing publishing) {
        return publishing.publisher().flatMap(KafkaPublisher::trouble).isPresent() ? 1 : 0;
    }
}
