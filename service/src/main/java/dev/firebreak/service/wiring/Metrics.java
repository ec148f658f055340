package dev.firebreak.service.wiring;

import dev.firebreak.enforcerconnectors.dispatch.DispatchListener;
import dev.firebreak.enforcerconnectors.enforcer.DenyId;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.segmentation.KnownContainment;
import dev.firebreak.segmentation.LiveEstate;
import dev.firebreak.segmentation.Stage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/// What Prometheus is told of containments and pushes. All metrics are in base units and under
/// `firebreak_`; see also [EnforcerMetrics] and [HouseMetrics].
@Singleton
class Metrics implements DispatchListener {

    /// An end that every enforcer has not confirmed by then is overdue.
    private static final Duration LETTING_GO_TAKES = Duration.ofSeconds(10);

    private final MeterRegistry registry;
    private final LiveEstate estate;
    private final Clock clock;

    Metrics(MeterRegistry registry, LiveEstate estate, Clock clock) {
        this.registry = registry;
        this.estate = estate;
        this.clock = clock;
    }

    void start() {
        Gauge.builder("firebreak.active.denies", this, Metrics::active)
                .description("Containments in force now")
                .register(registry);
        Gauge.builder("firebreak.overdue.rollbacks", this, Metrics::overdue)
                .description("Containments past their end that an enforcer has not let go of")
                .register(registry);
    }

    @Override
    public void pushed(EnforcerName enforcer, Outcome outcome, Duration took) {
        Timer.builder("firebreak.apply")
                .description("From a push to its answer after read-back")
                .publishPercentileHistogram()
                .register(registry)
                .record(took);
        Counter.builder("firebreak.pushes")
                .tags(tags(enforcer).and("outcome", outcome.name().toLowerCase(Locale.ROOT)))
                .register(registry)
                .increment();
    }

    @Override
    public void stranger(EnforcerName enforcer, DenyId deny) {
        Counter.builder("firebreak.strangers")
                .description("Denies under our mark that the log knows nothing of")
                .tags(tags(enforcer))
                .register(registry)
                .increment();
    }

    private double active() {
        return estate.read(e -> e.activeContainments(clock.instant()).size());
    }

    private double overdue() {
        var now = clock.instant();
        return estate.read(
                e -> e.openContainments().stream().filter(each -> isOverdue(each, now)).count());
    }

    private static boolean isOverdue(KnownContainment containment, Instant now) {
        return switch (containment.stage()) {
            case Stage.Running(_, _, var expiresAt, _) ->
                    now.isAfter(expiresAt.plus(LETTING_GO_TAKES));
            case Stage.Releasing releasing ->
                    now.isAfter(releasing.releasedAt().plus(LETTING_GO_TAKES));
            case Stage.Requested _, Stage.AwaitingApproval _, Stage.Declined _, Stage.Lifted _ ->
                    false;
        };
    }

    private static Tags tags(EnforcerName enforcer) {
        return Tags.of("enforcer", enforcer.toString());
    }
}
