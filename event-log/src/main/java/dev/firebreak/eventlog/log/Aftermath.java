package dev.firebreak.eventlog.log;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Something that is done when the log has grown, beside the appends and never in their way; growth
/// within a pause is one growth. Where the database is away it is left until the next time.
final class Aftermath implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Aftermath.class);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

    private final Duration pause;
    private final LongConsumer task;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile long end;

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
        while (done != end || closing.getCount() > 0) {
            var position = end;
            if (position == done) {
                LockSupport.park(this);
            } else {
                tell(position);
                done = position;
                rest();
            }
        }
    }

    private void tell(long position) {
        try {
            task.accept(position);
        } catch (LogUnavailable away) {
            LOG.debug("{} left out position={}", thread.getName(), position, away);
        }
    }

    private void rest() {
        try {
            var _ = closing.await(pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
