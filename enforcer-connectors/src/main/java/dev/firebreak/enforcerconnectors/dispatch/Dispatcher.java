package dev.firebreak.enforcerconnectors.dispatch;

import dev.firebreak.commandside.command.Commands;
import dev.firebreak.enforcerconnectors.enforcer.Attachment;
import dev.firebreak.enforcerconnectors.enforcer.Enforcer;
import dev.firebreak.enforcerconnectors.enforcer.Observation.Seen;
import dev.firebreak.enforcerconnectors.enforcer.Roster;
import dev.firebreak.eventlog.log.Follower;
import dev.firebreak.eventlog.log.LogEntry;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.segmentation.KnownEnforcer;
import dev.firebreak.segmentation.LiveEstate;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/// Brings the enforcers that are attached to this replica to what the log implies, and reports what
/// they answered. It follows the log behind, or beside, the [LiveEstate] that it reads.
///
/// Everything happens on one line of execution that never waits; enforcers answer in parallel, each
/// one request at a time. What it keeps can be rebuilt from the log and the enforcers' first words.
public final class Dispatcher implements Follower, Roster, AutoCloseable {

    private static final Duration CHECK_EVERY = Duration.ofSeconds(1);
    private static final Duration ESTATE_PATIENCE = Duration.ofSeconds(10);
    private static final System.Logger LOG = System.getLogger(Dispatcher.class.getName());

    private final LiveEstate estate;
    private final Surroundings around;
    private final Absences absences;
    private final Runnable stop;
    private final Map<EnforcerName, Lane> lanes = new HashMap<>();
    private final Map<EnforcerName, EnforcerStatus> statuses = new ConcurrentHashMap<>();
    private final News news = new News();
    private volatile boolean closed;

    Dispatcher(
            LiveEstate estate,
            Commands commands,
            Clock clock,
            DispatchSettings settings,
            Elsewhere elsewhere,
            DispatchListener listener,
            Line line,
            Executor workers,
            RandomGenerator random) {
        this.estate = estate;
        this.stop = line.stop();
        var ledger = new Ledger(estate, clock);
        var run = line.executor();
        var desk = new ReportDesk(commands, workers, run, line.later(), clock, ledger, settings);
        this.around =
                new Surroundings(
                        run,
                        line.later(),
                        clock,
                        random,
                        settings,
                        listener,
                        ledger,
                        desk,
                        new Slots(settings.inFlight(), run));
        this.absences = new Absences(around, commands, workers, elsewhere);
    }

    /// Starts with an estate that has caught up with the log; call [#take] with every batch that
    /// comes after it.
    public static Dispatcher start(
            LiveEstate estate,
            Commands commands,
            Clock clock,
            DispatchSettings settings,
            Elsewhere elsewhere,
            DispatchListener listener) {
        var threads = new DispatchThreads();
        var dispatcher =
                new Dispatcher(
                        estate,
                        commands,
                        clock,
                        settings,
                        elsewhere,
                        listener,
                        threads.line(),
                        threads.workers(),
                        RandomGenerator.getDefault());
        dispatcher.begin();
        return dispatcher;
    }

    void begin() {
        around.line()
                .execute(() -> {
                    absences.begin(around.ledger().enforcers());
                    around.ledger().openContainments().forEach(this::lookAtAbsent);
                    check();
                });
    }

    @Override
    public void take(List<LogEntry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        awaitEstate(entries.getLast().position());
        if (news.add(entries)) {
            around.line().execute(this::changed);
        }
    }

    /// Without the estate there is nothing to go by, and giving up would leave all as it is for
    /// ever.
    private void awaitEstate(long position) {
        while (!closed && !estate.awaitPosition(position, ESTATE_PATIENCE)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "nothing is dispatched: the estate has not reached position {0} yet",
                    position);
        }
    }

    @Override
    public Attachment attach(Enforcer enforcer, Seen seen) {
        var lane = new Lane(enforcer, seen, around, this::left);
        around.line().execute(() -> came(lane));
        return lane;
    }

    /// The enforcers attached now, for whoever shows or measures them; at most a second old.
    public Collection<EnforcerStatus> statuses() {
        return List.copyOf(statuses.values());
    }

    public Optional<EnforcerStatus> status(EnforcerName enforcer) {
        return Optional.ofNullable(statuses.get(enforcer));
    }

    /// Gives up every enforcer and stops; what is held stays held.
    @Override
    public void close() {
        closed = true;
        stop.run();
    }

    private void came(Lane lane) {
        var before = lanes.put(lane.name(), lane);
        if (before != null) {
            before.end("A newer connection replaced this one.");
        }
        absences.came(lane.name());
        lane.look();
        statuses.put(lane.name(), lane.status());
    }

    private void left(Lane lane) {
        if (lanes.remove(lane.name(), lane)) {
            lane.end("It is out of reach.");
            statuses.remove(lane.name());
            absences.left(lane.name(), lane.heardAt(), lane.doubtful());
        }
    }

    private void changed() {
        var changes = news.take();
        changes.revoked().forEach(this::revoked);
        changes.enforcers().forEach(name -> around.ledger().enforcer(name).ifPresent(this::know));
        changes.containments().forEach(this::lookAtContainment);
        lanes.values().forEach(Lane::lookIfChanged);
        changes.hosts().stream().filter(host -> !lanes.containsKey(host)).forEach(absences::tell);
    }

    private void know(KnownEnforcer enforcer) {
        var lane = lanes.get(enforcer.name());
        if (lane == null) {
            absences.know(enforcer);
        } else {
            lane.touchAll();
        }
    }

    private void lookAtContainment(ContainmentId containment) {
        for (var enforcer : around.ledger().enforcersOf(containment)) {
            var lane = lanes.get(enforcer);
            if (lane != null) {
                lane.part(containment);
                lane.look();
            } else {
                absences.tell(enforcer, containment);
            }
        }
    }

    private void lookAtAbsent(ContainmentId containment) {
        around.ledger()
                .enforcersOf(containment)
                .forEach(enforcer -> absences.tell(enforcer, containment));
    }

    private void revoked(EnforcerName enforcer) {
        var lane = lanes.get(enforcer);
        if (lane != null) {
            left(lane);
        }
    }

    private void check() {
        try {
            callSilent();
        } finally {
            var _ = around.later().after(CHECK_EVERY, this::check);
        }
    }

    private void callSilent() {
        for (var lane : List.copyOf(lanes.values())) {
            var due = around.clock().instant().minus(around.settings().silenceAfter());
            if (!lane.heardAt().isAfter(due)) {
                left(lane);
            } else {
                statuses.put(lane.name(), lane.status());
            }
        }
        absences.check();
    }
}
