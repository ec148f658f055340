package dev.firebreak.eventlog.log;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Something that is done when the log has grown, beside the appends and never in their way; growth
/// within a pause is one growth. What fails is tried again, but not faster than [#RETRY].
final class Aftermath implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Aftermath.class);

    /// A database that is away is not asked more often.
    static final Duration RETRY = Duration.ofSeconds(1);

    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

    private final Duration pause;
    private final LongConsumer task;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile long end;
    private boolean failing;

    /// @param task gets the log's last position
    Aftermath(String name, Duration pause, LongConsumer task) {
        this.pause = pause;
        this.task = task;
        this.thread = Thread.ofPlatform().name("log-" + name).daemon().start(this::run);
    }

    /// By one appender at a time, with ever higher positions.
    void reached(long position) {
        end = position;
        LockSupport.unpark(thread);
    }

    /// What is left to do is done before.
    @Override
    public void close() {
        closing.countDown();
        LockSupport.unpark(thread);
        try {
            thread.join(CLOSE_WITHIN);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        var done = 0L;
        while (closing.getCount() > 0) {
            var position = end;
            if (position == done) {
                LockSupport.park(this);
                continue;
            }
            if (isDone(position)) {
                done = position;
                rest(pause);
            } else {
                rest(RETRY);
            }
        }
        var _ = done == end || isDone(end);
    }

    /// Said once an outage.
    private boolean isDone(long position) {
        try {
            task.accept(position);
            failing = false;
            return true;
        } catch (RuntimeException failed) {
            if (!failing) {
                LOG.warn("{} fails, and goes on trying", thread.getName(), failed);
            }
            failing = true;
            return false;
        }
    }

    private void rest(Duration time) {
        try {
            var _ = closing.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
