package dev.firebreak.eventlog.log;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One follower on its way along the log, in a thread of its own.
public final class Following implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Following.class);

    /// At most so many entries are handed over at once.
    public static final int BATCH = 1_000;

    /// A follower that was not woken looks by itself this often: a safety net, not the way.
    static final Duration LOOK_EVERY = Duration.ofSeconds(2);

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(10);

    private final String name;
    private final PostgresLog log;
    private final Wakeups wakeups;
    private final Follower follower;
    private final Thread thread;
    private volatile long position;
    private volatile Optional<Throwable> failure = Optional.empty();
    private volatile boolean closed;

    Following(String name, long after, PostgresLog log, Wakeups wakeups, Follower follower) {
        this.name = name;
        this.position = after;
        this.log = log;
        this.wakeups = wakeups;
        this.follower = follower;
        this.thread =
                Thread.ofPlatform().name("log-follower-" + name).daemon().unstarted(this::run);
    }

    Following started() {
        thread.start();
        return this;
    }

    public String name() {
        return name;
    }

    /// Everything up to here was taken.
    public long position() {
        return position;
    }

    /// Why it stopped before it was closed; empty while all is well.
    public Optional<Throwable> failure() {
        return failure;
    }

    public boolean isRunning() {
        return thread.isAlive();
    }

    /// Returns when the follower is not being called any more, unless it is called from within it.
    @Override
    public void close() {
        closed = true;
        wakeups.lookAgain();
        LockSupport.unpark(thread);
        if (Thread.currentThread() == thread) {
            return;
        }
        try {
            if (!thread.join(CLOSE_WITHIN)) {
                LOG.warn("log follower does not end follower={} position={}", name, position);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!closed) {
                follow(next());
            }
        } catch (InterruptedException _) {
            closed = true;
        } catch (RuntimeException | Error broken) {
            failure = Optional.of(broken);
            LOG.error("log follower stopped follower={} position={}", name, position, broken);
        }
    }

    /// Waits at the end of the log; an unreachable database is waited for, too.
    private List<LogEntry> next() throws InterruptedException {
        try {
            var entries = log.next(position);
            if (entries.isEmpty() && !closed) {
                wakeups.await(position, LOOK_EVERY);
            }
            return entries;
        } catch (LogUnavailable away) {
            LOG.warn("log follower waits for the database follower={} position={}", name, position);
            LockSupport.parkNanos(PAUSE.toNanos());
            return List.of();
        }
    }

    private void follow(List<LogEntry> entries) {
        if (entries.isEmpty() || closed) {
            return;
        }
        if (entries.getFirst().position() != position + 1) {
            throw new IllegalStateException(
                    "the log continues at %d after %d; an event is missing"
                            .formatted(entries.getFirst().position(), position));
        }
        follower.take(entries);
        position = entries.getLast().position();
    }
}
