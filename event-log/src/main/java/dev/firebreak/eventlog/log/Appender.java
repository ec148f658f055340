package dev.firebreak.eventlog.log;

import dev.firebreak.eventlog.log.HeadWriter.Settled;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/// Appends what waits with one commit and answers everybody; one at a time in this process. Nothing
/// slow happens here but the commit itself.
final class Appender implements AutoCloseable {

    /// How long a batch is tried again while the database cannot be reached, and how long its
    /// senders wait for their turn.
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration LONGEST_LINGER = Duration.ofMillis(1);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

    private final AppendQueue queue;
    private final HeadWriter writer;
    private final Answers answers;
    private final Duration patience;
    private final ReentrantLock turn = new ReentrantLock();
    private final Thread thread;

    Appender(AppendQueue queue, HeadWriter writer, Duration patience, Answers answers) {
        this.queue = queue;
        this.writer = writer;
        this.patience = patience;
        this.answers = answers;
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
            Answers.fail(batch, broken);
        }
    }

    private void attempt(List<Append> batch, long deadline) {
        var events = batch.stream().flatMap(append -> append.events.stream()).toList();
        var pause = FIRST_PAUSE;
        var doubtful = false;
        while (true) {
            try {
                answers.succeed(
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
                        Answers.unavailable(batch, failure, doubtful);
                        return;
                    }
                    case RACED -> {}
                    case LOST -> {
                        doubtful |= writer.isConnected();
                        writer.disconnect(failure);
                    }
                }
                if (System.nanoTime() > deadline) {
                    Answers.unavailable(batch, failure, doubtful);
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
            Answers.unavailable(batch, lost, true);
        }
    }

    private static Duration longer(Duration pause) {
        var doubled = pause.multipliedBy(2);
        return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }
}
