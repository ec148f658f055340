package dev.firebreak.queryside.projection;

import dev.firebreak.eventlog.log.LogEntry;
import dev.firebreak.eventlog.log.LogUnavailable;
import dev.firebreak.eventlog.log.PostgresLog;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Builds the views anew from position 0 while the old ones are served, and swaps them when it has
/// caught up. It survives a crash: whoever starts next goes on with it, and several replicas may
/// share the work without harm.
public final class Rebuild implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Rebuild.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(10);

    private final Generations generations;
    private final Filling building;
    private final PostgresLog log;
    private final InstantSource clock;
    private volatile boolean closed;
    private volatile Optional<Throwable> failure = Optional.empty();
    private Optional<Thread> thread = Optional.empty();

    Rebuild(Generations generations, Filling building, PostgresLog log, InstantSource clock) {
        this.generations = generations;
        this.building = building;
        this.log = log;
        this.clock = clock;
    }

    /// Where it stands; `running` is false when there is nothing to build.
    public record Progress(boolean running, long position, long head) {}

    /// Begins, or does nothing when one is under way.
    public synchronized void start() {
        if (closed || thread.filter(Thread::isAlive).isPresent()) {
            return;
        }
        failure = Optional.empty();
        generations.begin(clock.instant());
        thread = Optional.of(Thread.ofPlatform().name("views-rebuild").daemon().start(this::run));
    }

    /// How far it is, or [ViewsUnavailable] when the database does not answer.
    public Progress progress() {
        var head = log.head();
        return generations
                .builtPosition()
                .map(position -> new Progress(true, position, head))
                .orElseGet(() -> new Progress(false, generations.servedPosition(), head));
    }

    /// Why the last one stopped before its end, if it did.
    public Optional<Throwable> failure() {
        return failure;
    }

    /// Breaks off; the next start goes on from there.
    @Override
    public void close() {
        closed = true;
        var running = thread();
        try {
            if (running.isPresent() && !running.get().join(CLOSE_WITHIN)) {
                LOG.warn("views rebuild does not end");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Optional<Thread> thread() {
        return thread;
    }

    private void run() {
        try {
            LOG.info("views rebuild started head={}", log.head());
            var more = true;
            while (more && !closed) {
                more = step();
            }
            if (!closed) {
                generations.clean();
                LOG.info("views rebuild done position={}", generations.servedPosition());
            }
        } catch (RuntimeException | Error broken) {
            failure = Optional.of(broken);
            LOG.error("views rebuild stopped", broken);
        }
    }

    /// False when there is nothing left to do. A database that is away is waited for.
    private boolean step() {
        try {
            var position = generations.builtPosition();
            if (position.isEmpty()) {
                return false;
            }
            var entries = log.read(position.get(), PostgresLog.MAX_EVENTS);
            if (entries.isEmpty()) {
                return !generations.swap();
            }
            take(entries);
            return true;
        } catch (ViewsUnavailable | LogUnavailable _) {
            LOG.warn("views rebuild waits for the database");
            LockSupport.parkNanos(PAUSE.toNanos());
            return true;
        }
    }

    /// Another replica may have begun it afresh since the position was read; then it is read again.
    private void take(List<LogEntry> entries) {
        try {
            building.take(entries);
        } catch (MissingEntries _) {
            LOG.info("views rebuild was begun afresh by another replica");
        }
    }
}
