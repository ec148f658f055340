package dev.firebreak.eventlog.log;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells other replicas that the log has grown, beside the appends and never in their way. What it
/// fails to say they find by looking, a little later.
final class Announcer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);

    /// Appends within this span share one announcement.
    private static final Duration PAUSE = Duration.ofMillis(2);

    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

    private final Readers readers;
    private final BooleanSupplier company;
    private final Thread thread;
    private volatile long end;
    private volatile boolean closed;

    /// `company` tells whether anybody else listens.
    Announcer(Readers readers, BooleanSupplier company) {
        this.readers = readers;
        this.company = company;
        this.thread = Thread.ofPlatform().name("log-announcer").daemon().start(this::run);
    }

    /// By one appender at a time, with ever higher positions.
    void reached(long position) {
        if (company.getAsBoolean()) {
            end = position;
            LockSupport.unpark(thread);
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(CLOSE_WITHIN);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        var told = 0L;
        while (!closed) {
            var position = end;
            if (position == told) {
                LockSupport.park(this);
            } else {
                tell(position);
                told = position;
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private void tell(long position) {
        try {
            readers.read(connection -> Queries.tell(connection, position));
        } catch (LogUnavailable away) {
            LOG.debug("log growth not announced position={}", position, away);
        }
    }
}
