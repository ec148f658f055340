package dev.firebreak.eventlog.log;

import dev.firebreak.eventlog.log.HeadWriter.Settled;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/// Appends what waits with one commit and answers everybody; one at a time in this process. Nothing
/// slow happens here but the commit itself.
final class Appender implements AutoCloseable {

    /// How long a batch is tried again while the database cannot be reached, and how long its
    /// senders wait for their turn.
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration LONGEST_LINGER = Duration.ofMillis(1);

    private static final String SENTENCE =
            "The log cannot be written: the database does not answer. Try again in a moment.";

    private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

    private final AppendQueue queue;
    private final HeadWriter writer;
    private final Consumer<List<LogEntry>> appended;
    private final LongConsumer reached;
    private final Duration patience;
    private final ReentrantLock turn = new ReentrantLock();
    private final Thread thread;

    /// `appended` is told of everything this process appended, in order, before its senders are;
    /// `reached` of an end of the log that was found out otherwise.
    Appender(
            AppendQueue queue,
            HeadWriter writer,
            Duration patience,
            Consumer<List<LogEntry>> appended,
            LongConsumer reached) {
        this.patience = patience;
        this.reached = reached;
        this.queue = queue;
        this.writer = writer;
        this.appended = appended;
        this.thread = Thread.ofPlatform().name("log-appender").daemon().start(this::run);
    }

    /// Appends what waits, then ends.
    @Override
    public void close() {
        queue.close();
        try {
            if (!thread.join(patience.multipliedBy(2))) {
                thread.interrupt();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        turn.lock();
        try {
            writer.disconnect(new IllegalStateException("closed"));
        } finally {
            turn.unlock();
        }
    }

    /// Appends in the caller's own thread when nobody else is at it, which saves a single sender
    /// two changes of thread. False when others are; then it has to queue.
    boolean appendAlone(Append append) {
        if (!turn.tryLock()) {
            return false;
        }
        try {
            if (!queue.isIdle()) {
                return false;
            }
            append(List.of(append), System.nanoTime() + patience.toNanos());
            return true;
        } finally {
            turn.unlock();
        }
    }

    private void run() {
        try {
            while (queue.awaitWork()) {
                turn.lockInterruptibly();
                try {
                    appendWaiting();
                } finally {
                    turn.unlock();
                }
            }
        } catch (InterruptedException _) {
            queue.close();
        }
    }

    /// Goes on for as long as senders come in company.
    private void appendWaiting() throws InterruptedException {
        var batch = queue.take(1, Duration.ZERO);
        while (!batch.isEmpty()) {
            var start = System.nanoTime();
            append(batch, start + patience.toNanos());
            batch =
                    batch.size() == 1
                            ? List.of()
                            : queue.take(batch.size(), linger(System.nanoTime() - start));
        }
    }

    /// A part of what the commit cost, so that waiting is cheap where commits are.
    private static Duration linger(long commitNanos) {
        return Duration.ofNanos(Math.min(commitNanos / 4, LONGEST_LINGER.toNanos()));
    }

    /// Never throws: whatever goes wrong is an answer to those who wait.
    private void append(List<Append> batch, long deadline) {
        try {
            attempt(batch, deadline);
        } catch (RuntimeException | Error broken) {
            writer.disconnect(new IllegalStateException(broken));
            fail(batch, broken);
        }
    }

    private void attempt(List<Append> batch, long deadline) {
        var events = batch.stream().flatMap(append -> append.events.stream()).toList();
        var pause = FIRST_PAUSE;
        var doubtful = false;
        while (true) {
            try {
                succeed(
                        batch,
                        doubtful
                                ? writer.settle(events)
                                : new Settled.Appended(writer.append(events)));
                return;
            } catch (SQLException failure) {
                var meaning = Failure.of(failure, writer.isAlive());
                switch (meaning) {
                    case CULPRIT -> {
                        isolate(batch, failure, deadline);
                        return;
                    }
                    case REFUSED -> {
                        fail(batch, unavailable(failure, doubtful));
                        return;
                    }
                    case RACED -> {}
                    case LOST -> {
                        doubtful |= writer.isConnected();
                        writer.disconnect(failure);
                    }
                }
                if (System.nanoTime() > deadline) {
                    fail(batch, unavailable(failure, doubtful));
                    return;
                }
                LockSupport.parkNanos(pause.toNanos());
                pause = longer(pause);
            }
        }
    }

    /// Halves until the culprit is alone, so that nobody else pays for it.
    private void isolate(List<Append> batch, SQLException failure, long deadline) {
        if (batch.size() > 1) {
            var middle = batch.size() / 2;
            append(batch.subList(0, middle), deadline);
            append(batch.subList(middle, batch.size()), deadline);
            return;
        }
        var culprit = batch.getFirst();
        try {
            var verdict = Verdict.on(writer, culprit, failure);
            switch (verdict) {
                case Verdict.Had(var last) -> culprit.answer.complete(last);
                case Verdict.Cannot(var why) -> culprit.answer.completeExceptionally(why);
            }
        } catch (SQLException lost) {
            writer.disconnect(lost);
            fail(batch, LogUnavailable.outcomeUnknown(SENTENCE, lost));
        }
    }

    private void succeed(List<Append> batch, Settled settled) {
        switch (settled) {
            case Settled.Appended(var rows) -> {
                appended.accept(entries(batch, rows));
                var last = rows.getFirst().position() - 1;
                for (var append : batch) {
                    last += append.events.size();
                    append.answer.complete(last);
                }
            }
            case Settled.Found(var known) -> {
                reached.accept(known.getLast().position());
                for (var append : batch) {
                    append.answer.complete(Verdict.last(append, known));
                }
            }
        }
    }

    /// What followers of this process get without asking the database.
    private static List<LogEntry> entries(List<Append> batch, List<StoredEvent> rows) {
        var entries = new ArrayList<LogEntry>(rows.size());
        for (var append : batch) {
            for (var event : append.events) {
                var row = rows.get(entries.size());
                entries.add(
                        new LogEntry(
                                row.position(),
                                event.id,
                                event.event,
                                event.provenance,
                                StoredEvent.instant(row.recordedAt())));
            }
        }
        return entries;
    }

    private static void fail(List<Append> batch, Throwable why) {
        batch.forEach(append -> append.answer.completeExceptionally(why));
    }

    private static LogUnavailable unavailable(SQLException failure, boolean doubtful) {
        return doubtful
                ? LogUnavailable.outcomeUnknown(SENTENCE, failure)
                : LogUnavailable.nothingAppended(SENTENCE, failure);
    }

    private static Duration longer(Duration pause) {
        var doubled = pause.multipliedBy(2);
        return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }
}
