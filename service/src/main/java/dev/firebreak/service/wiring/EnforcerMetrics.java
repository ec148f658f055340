package dev.firebreak.service.wiring;

import dev.firebreak.enforcerconnectors.dispatch.EnforcerStatus;
import dev.firebreak.enforcerconnectors.hostagent.AgentGateway;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.segmentation.Estate;
import dev.firebreak.segmentation.LiveEstate;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.jboss.logging.Logger;

/// What Prometheus is told of the enforcers: how old our knowledge of each is, and what it holds.
///
/// One that nobody hears keeps its series, whose age grows: it must not vanish exactly when it
/// matters. One that another replica hears is told by that one alone.
@Singleton
class EnforcerMetrics implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(EnforcerMetrics.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

    private final MeterRegistry registry;
    private final LiveEstate estate;
    private final Enforcement enforcement;
    private final Clock clock;
    private final MultiGauge ages;
    private final MultiGauge denies;
    private final Map<EnforcerName, Instant> lastKnown = new ConcurrentHashMap<>();
    private final Map<EnforcerName, Integer> held = new ConcurrentHashMap<>();
    private final ScheduledExecutorService looker =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("enforcer-metrics").daemon().factory());

    EnforcerMetrics(
            MeterRegistry registry, LiveEstate estate, Enforcement enforcement, Clock clock) {
        this.registry = registry;
        this.estate = estate;
        this.enforcement = enforcement;
        this.clock = clock;
        this.ages =
                MultiGauge.builder("firebreak.observation.age")
                        .description(
                                "Time since what an enforcer holds was last read back; of one that"
                                        + " nobody hears, since it was last heard")
                        .baseUnit("seconds")
                        .register(registry);
        this.denies =
                MultiGauge.builder("firebreak.enforcer.denies")
                        .description("Denies that an enforcer holds, while this replica hears it")
                        .register(registry);
    }

    void start() {
        enforcement.gateway().ifPresent(this::door);
        Gauge.builder("firebreak.enforcers.ahead", enforcement, all -> all.ahead().size())
                .description("Enforcers that have obeyed a newer log than this one")
                .register(registry);
        var _ =
                looker.scheduleWithFixedDelay(
                        this::look, 0, LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        looker.shutdownNow();
    }

    private void door(AgentGateway gateway) {
        Gauge.builder("firebreak.agents.connected", gateway, AgentGateway::connected)
                .description("Host agents whose channel this replica holds")
                .register(registry);
        count(
                "turned.away",
                gateway,
                AgentGateway::turnedAway,
                "Connections with the certificate of an agent that was connected and alive");
        count(
                "replaced",
                gateway,
                AgentGateway::replaced,
                "Connections that took the place of one that no longer answered");
        count(
                "connections.refused",
                gateway,
                AgentGateway::refusedConnections,
                "Connections closed at once because there were too many");
        count(
                "unknown.fields",
                gateway,
                AgentGateway::unknownFields,
                "Frames and fields of agents that this release does not know");
    }

    private void count(
            String name,
            AgentGateway gateway,
            ToDoubleFunction<AgentGateway> value,
            String description) {
        FunctionCounter.builder("firebreak.agents." + name, gateway, value)
                .description(description)
                .register(registry);
    }

    private void look() {
        try {
            var attached = enforcement.attached();
            var here = take(attached);
            var unheard = unheard(here);
            ages.register(rows(union(here, unheard), this::age));
            denies.register(rows(here, this::held));
        } catch (RuntimeException broken) {
            // A task that throws would never be run again; an age grows on without it.
            LOG.error("looking at the enforcers for the metrics broke", broken);
        }
    }

    private Set<EnforcerName> take(Collection<EnforcerStatus> attached) {
        var here = new HashSet<EnforcerName>();
        for (var status : attached) {
            here.add(status.enforcer());
            lastKnown.put(status.enforcer(), status.observedAt());
            held.put(status.enforcer(), status.activeDenies());
        }
        return here;
    }

    /// Those that the log knows and no replica hears.
    private Set<EnforcerName> unheard(Set<EnforcerName> here) {
        var unheard = new HashSet<EnforcerName>();
        for (var known : estate.read(Estate::enforcers)) {
            var name = known.name();
            if (!known.standing().isEnrolled() || here.contains(name)) {
                continue;
            }
            if (enforcement.isHeardElsewhere(name)) {
                lastKnown.put(name, clock.instant());
            } else {
                lastKnown.merge(name, known.heardAt(), EnforcerMetrics::later);
                unheard.add(name);
            }
        }
        return unheard;
    }

    /// Read when Prometheus asks, so that an age grows whatever became of the looking.
    private double age(EnforcerName enforcer) {
        var at = lastKnown.getOrDefault(enforcer, Instant.EPOCH);
        return Duration.between(at, clock.instant()).toMillis() / 1_000.0;
    }

    private double held(EnforcerName enforcer) {
        return held.getOrDefault(enforcer, 0);
    }

    private static Iterable<MultiGauge.Row<?>> rows(
            Set<EnforcerName> enforcers, ToDoubleFunction<EnforcerName> value) {
        return enforcers.stream()
                .<MultiGauge.Row<?>>map(each ->
                        MultiGauge.Row.of(Tags.of("enforcer", each.toString()), each, value))
                .toList();
    }

    private static Set<EnforcerName> union(Set<EnforcerName> one, Set<EnforcerName> other) {
        var both = new HashSet<>(one);
        both.addAll(other);
        return both;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
