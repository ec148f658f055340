package dev.firebreak.commandside.alarm;

import dev.firebreak.commandside.alarm.AlarmHeap.Alarm;
import dev.firebreak.commandside.command.Alarms;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Alarms in memory: one thread watches the clock, a few ring. They are set anew from the log at
/// each start, so nothing of them has to survive.
///
/// What rings is decided by the clock alone and not by how long was waited, so however a wait ends
/// nothing rings early; and no wait is longer than [#LONGEST_NAP], so a clock that jumps is
/// noticed. [SteadyClock] never does: a machine that slept rings later by as long as it slept.
public final class HeapAlarms implements Alarms, AutoCloseable {

    static final Duration LONGEST_NAP = Duration.ofMillis(250);

    /// So many alarms ring side by side; together they share the log's commits.
    static final int RINGING_AT_ONCE = 16;

    private static final Logger LOG = LoggerFactory.getLogger(HeapAlarms.class);

    private final InstantSource clock;
    private final AlarmHeap heap = new AlarmHeap();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ExecutorService ringers;
    private final Thread watcher;
    private boolean closed;

    public HeapAlarms(InstantSource clock) {
        this.clock = clock;
        var number = new AtomicInteger();
        this.ringers =
                Executors.newFixedThreadPool(
                        RINGING_AT_ONCE,
                        ring ->
                                Thread.ofPlatform()
                                        .name("alarm-" + number.incrementAndGet())
                                        .daemon()
                                        .unstarted(ring));
        this.watcher = Thread.ofPlatform().name("alarm-watcher").daemon().start(this::watch);
    }

    @Override
    public void set(String name, Instant at, Runnable ring) {
        lock.lock();
        try {
            heap.set(name, at, ring);
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void cancel(String name) {
        lock.lock();
        try {
            heap.cancel(name);
        } finally {
            lock.unlock();
        }
    }

    /// How many are set.
    public int size() {
        lock.lock();
        try {
            return heap.size();
        } finally {
            lock.unlock();
        }
    }

    /// Whether the clock is still being watched; without that nothing rings.
    public boolean isWatching() {
        return watcher.isAlive();
    }

    /// No more rings; what is ringing ends.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
        ringers.shutdown();
    }

    private void watch() {
        lock.lock();
        try {
            while (!closed) {
                ring(heap.due(clock.instant()));
                var _ = changed.awaitNanos(nap().toNanos());
            }
        } catch (InterruptedException interrupted) {
            LOG.warn("alarms are no longer watched", interrupted);
        } finally {
            lock.unlock();
        }
    }

    private void ring(List<Alarm> due) {
        for (var alarm : due) {
            ringers.execute(() -> ring(alarm));
        }
    }

    private static void ring(Alarm alarm) {
        try {
            alarm.ring().run();
        } catch (RuntimeException | Error broken) {
            // Whoever set it looks after setting it again; others must go on ringing.
            LOG.error("alarm broke name={} at={}", alarm.name(), alarm.at(), broken);
        }
    }

    private Duration nap() {
        var now = clock.instant();
        return heap.next()
                .map(at -> Duration.between(now, at))
                .filter(left -> left.compareTo(LONGEST_NAP) < 0)
                .orElse(LONGEST_NAP);
    }
}
