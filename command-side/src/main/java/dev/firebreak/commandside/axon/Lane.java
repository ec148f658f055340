package dev.firebreak.commandside.axon;

import dev.firebreak.commandside.command.LogUnavailable;
import dev.firebreak.eventlog.term.Surface;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// How many commands may be on their way to the log at once, people's apart from the machines', so
/// that a thousand reporting agents never keep a person waiting.
final class Lane {

    static final int PEOPLE_AT_ONCE = 64;
    static final int MACHINES_AT_ONCE = 48;

    /// Who has not got a place by then is told to come again.
    static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Semaphore places;
    private final Duration patience;

    Lane(int atOnce, Duration patience) {
        this.places = new Semaphore(atOnce, true);
        this.patience = patience;
    }

    static boolean isForPeople(Surface surface) {
        return switch (surface) {
            case SLACK, CLI, REST, CONSOLE, PAGERDUTY, SETUP -> true;
            // An end that has come is as urgent as a person.
            case ALARM, SWEEP -> true;
            case DISPATCH, AGENT -> false;
        };
    }

    /// Waits for a place, which is free again when the answer is closed.
    Place enter() {
        try {
            if (!places.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw busy(new TimeoutException("no place after " + patience));
            }
            return places::release;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw busy(interrupted);
        }
    }

    int free() {
        return places.availablePermits();
    }

    interface Place extends AutoCloseable {
        @Override
        void close();
    }

    private static LogUnavailable busy(Exception cause) {
        return new LogUnavailable(
                "The log is busy: too much is asked at once. Nothing happened; try again in a"
                        + " moment.",
                true,
                cause);
    }
}
