package dev.firebreak.segmentation;

import dev.firebreak.eventlog.log.Follower;
import dev.firebreak.eventlog.log.LogEntry;
import dev.firebreak.eventlog.term.Scope;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;

/// The estate of now, kept up by following the log from its beginning. Many may read while nothing
/// is taken; a reader sees whole batches only.
public final class LiveEstate implements Follower {
    private final Estate estate;
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock(true);
    private final Condition moved = lock.writeLock().newCondition();

    public LiveEstate() {
        this(List.of());
    }

    /// @param protectedScopes what no containment may come to hold
    public LiveEstate(List<Scope> protectedScopes) {
        this.estate = new Estate(protectedScopes);
    }

    @Override
    public void take(List<LogEntry> entries) {
        lock.writeLock().lock();
        try {
            entries.forEach(estate::apply);
            moved.signalAll();
        } finally {
            lock.writeLock().unlock();
        }
    }

    /// Asks the estate something. The answer must be a value: the estate itself moves on.
    public <T> T read(Function<Estate, T> question) {
        lock.readLock().lock();
        try {
            return question.apply(estate);
        } finally {
            lock.readLock().unlock();
        }
    }

    public long position() {
        return read(Estate::position);
    }

    /// Waits until the entry at `position` was taken; false when that took longer than `patience`,
    /// or the waiting was interrupted.
    public boolean awaitPosition(long position, Duration patience) {
        lock.writeLock().lock();
        try {
            var left = patience.toNanos();
            while (estate.position() < position && left > 0) {
                left = moved.awaitNanos(left);
            }
            return estate.position() >= position;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.writeLock().unlock();
        }
    }
}
