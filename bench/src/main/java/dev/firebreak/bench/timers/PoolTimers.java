package dev.firebreak.bench.timers;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// The floor: Java's own scheduled thread pool, as many threads as ours, nothing durable.
record PoolTimers(ScheduledExecutorService pool) implements AutoCloseable {

    private static final int THREADS = 16;

    PoolTimers() {
        this(Executors.newScheduledThreadPool(THREADS));
    }

    Timers.Lateness run(Timers timers) throws InterruptedException {
        for (var number = 0; number < timers.count(); number++) {
            var each = number;
            var delay = Duration.between(Instant.now(), timers.due(number)).toNanos();
            var _ = pool.schedule(() -> timers.rang(each), delay, TimeUnit.NANOSECONDS);
        }
        return timers.await();
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
