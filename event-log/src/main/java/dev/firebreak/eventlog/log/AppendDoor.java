package dev.firebreak.eventlog.log;

import dev.firebreak.eventlog.log.Append.Lane;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Where senders come in: they wait here for their turn and their answer, and never for ever.
final class AppendDoor {

    private final AppendQueue queue;
    private final Appender appender;

    private final Duration patience;

    AppendDoor(AppendQueue queue, Appender appender, Duration patience) {
        this.patience = patience;
        this.queue = queue;
        this.appender = appender;
    }

    /// Returns the position of the last event once all are durable.
    long append(List<PreparedEvent> events, Lane lane) {
        var append = new Append(events, lane);
        try {
            if (!appender.appendAlone(append) && !queue.offer(append, patience)) {
                throw tooBusy(new TimeoutException("the queue stayed full, or is closed"));
            }
            return answer(append);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw queue.withdraw(append) ? tooBusy(interrupted) : unknown(interrupted);
        }
    }

    /// Who is still in the queue when patience ends can be told that nothing happened; who is not
    /// waits for the appender, which ends its own attempts in time.
    private long answer(Append append) throws InterruptedException {
        try {
            return await(append);
        } catch (TimeoutException late) {
            if (queue.withdraw(append)) {
                throw tooBusy(late);
            }
        }
        try {
            return await(append);
        } catch (TimeoutException tooLate) {
            throw unknown(tooLate);
        }
    }

    private long await(Append append) throws InterruptedException, TimeoutException {
        try {
            return append.answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw rethrown(failed);
        }
    }

    private static RuntimeException rethrown(ExecutionException failed) {
        return switch (failed.getCause()) {
            case LogUnavailable shared -> shared.forAnother();
            case RuntimeException why -> why;
            case null, default -> new IllegalStateException("the appender failed", failed);
        };
    }

    private static LogUnavailable tooBusy(Exception cause) {
        return LogUnavailable.nothingAppended(
                "The log could not take this in time. Nothing happened; try again in a moment.",
                cause);
    }

    private static LogUnavailable unknown(Exception cause) {
        return LogUnavailable.outcomeUnknown(
                "The log did not answer in time. Ask again: the same request is never done twice.",
                cause);
    }
}
