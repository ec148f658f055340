package dev.firebreak.service.wiring;

import dev.firebreak.commandside.command.Commands;
import dev.firebreak.enforcerconnectors.dispatch.DispatchListener;
import dev.firebreak.enforcerconnectors.dispatch.DispatchSettings;
import dev.firebreak.enforcerconnectors.dispatch.Dispatcher;
import dev.firebreak.enforcerconnectors.dispatch.EnforcerStatus;
import dev.firebreak.enforcerconnectors.hostagent.AgentAuthority;
import dev.firebreak.enforcerconnectors.hostagent.AgentGateway;
import dev.firebreak.enforcerconnectors.hostagent.GatewaySettings;
import dev.firebreak.eventlog.log.PostgresLog;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.queryside.Witness.Heard;
import dev.firebreak.segmentation.LiveEstate;
import dev.firebreak.service.local.LocalAgent;
import dev.firebreak.service.local.LocalEnforcer;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/// From the log to the enforcers and back: the dispatcher, the door for host agents, and the agent
/// of this machine.
@Singleton
public class Enforcement {

    private static final String LOOPBACK = "127.0.0.1";

    /// An agent is silent only when this many of its heartbeats are missing.
    private static final int HEARD_TIMES = 3;

    private final Settings settings;
    private final PostgresLog log;
    private final LiveEstate estate;
    private final Followers followers;
    private final Commands commands;
    private final AgentAuthority authority;
    private final LocalAgent localAgent;
    private final DispatchListener listener;
    private final Vertx vertx;
    private final Clock clock;

    private final Hearing hearing;

    private volatile @Nullable Dispatcher dispatcher; // absent before start
    private @Nullable AgentGateway gateway; // absent before start
    private volatile @Nullable LocalEnforcer local; // absent where this machine has none

    Enforcement(
            Settings settings,
            PostgresLog log,
            LiveEstate estate,
            Followers followers,
            Commands commands,
            AgentAuthority authority,
            LocalAgent localAgent,
            DispatchListener listener,
            PGSimpleDataSource database,
            Vertx vertx,
            Clock clock) {
        this.settings = settings;
        this.log = log;
        this.estate = estate;
        this.followers = followers;
        this.commands = commands;
        this.authority = authority;
        this.localAgent = localAgent;
        this.listener = listener;
        this.vertx = vertx;
        this.clock = clock;
        this.hearing =
                new Hearing(
                        database, () -> attached().stream().map(EnforcerStatus::enforcer).toList());
    }

    void start() {
        hearing.start();
        var from = estate.position();
        var started =
                Dispatcher.start(estate, commands, clock, dispatchSettings(), hearing, listener);
        dispatcher = started;
        followers.follow("dispatch", from, started);
        followers.follow("left-out", from, new LeftOutWatch(estate, commands, clock).begun());
        var opened =
                AgentGateway.start(
                        vertx,
                        authority,
                        started,
                        commands,
                        log::recordOnce,
                        clock,
                        gatewaySettings());
        gateway = opened;
        local = localAgent.start(opened.port());
    }

    void close() {
        if (local != null) {
            local.close();
        }
        if (gateway != null) {
            gateway.close();
        }
        if (dispatcher != null) {
            dispatcher.close();
        }
        hearing.close();
    }

    /// The enforcers whose channel this replica holds.
    public Collection<EnforcerStatus> attached() {
        var started = dispatcher;
        return started == null ? List.of() : started.statuses();
    }

    /// Who hears this enforcer at this moment.
    Heard heard(EnforcerName enforcer) {
        var started = dispatcher;
        return Optional.ofNullable(started)
                .flatMap(here -> here.status(enforcer))
                .map(Enforcement::heard)
                .orElseGet(() ->
                        hearing.holds(enforcer) ? new Heard.Elsewhere() : new Heard.ByNobody());
    }

    private static Heard heard(EnforcerStatus status) {
        return status.ahead()
                ? new Heard.HereAhead(status.attachedAt(), status.heardAt(), status.trouble())
                : new Heard.Here(status.attachedAt(), status.heardAt());
    }

    /// Those that this replica hears and that have obeyed a newer log than this.
    public List<EnforcerName> ahead() {
        return attached().stream()
                .filter(EnforcerStatus::ahead)
                .map(EnforcerStatus::enforcer)
                .sorted(Comparator.comparing(EnforcerName::toString))
                .toList();
    }

    /// Whether another replica holds this enforcer's channel.
    boolean isHeardElsewhere(EnforcerName enforcer) {
        return hearing.holds(enforcer);
    }

    /// The door for host agents; empty before the start.
    Optional<AgentGateway> gateway() {
        return Optional.ofNullable(gateway);
    }

    /// Why this machine has no enforcer of its own; empty when it has one.
    public Optional<String> localUnavailable() {
        var keeper = local;
        return localAgent
                .unavailable()
                .or(() -> keeper == null ? Optional.empty() : keeper.trouble());
    }

    private DispatchSettings dispatchSettings() {
        var defaults = DispatchSettings.DEFAULTS;
        return new DispatchSettings(
                defaults.answerWithin(),
                settings.agents().silentAfter(),
                defaults.firstRetry(),
                defaults.longestRetry(),
                defaults.refusedAgain(),
                defaults.gather(),
                defaults.inFlight(),
                defaults.commandsInFlight());
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private GatewaySettings gatewaySettings() {
        var agents = settings.agents();
        var names = new ArrayList<>(List.of(LOOPBACK, "localhost"));
        names.add(agents.address());
        agents.names().ifPresent(names::addAll);
        var defaults =
                GatewaySettings.on(
                        agents.address(), agents.port(), names.stream().distinct().toList());
        return new GatewaySettings(
                defaults.host(),
                defaults.port(),
                defaults.names(),
                shorter(defaults.heartbeat(), agents.silentAfter().dividedBy(HEARD_TIMES)),
                defaults.helloWithin(),
                defaults.aliveWithin(),
                agents.certificateLife(),
                defaults.serverCertificateLife(),
                defaults.connectsPerSecond(),
                defaults.failuresPerMinute(),
                defaults.maxConnections());
    }
}
