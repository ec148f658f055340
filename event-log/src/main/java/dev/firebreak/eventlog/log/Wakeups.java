package dev.firebreak.eventlog.log;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Lets followers sleep until the log is longer than they know.
final class Wakeups {

    /// The channel on which replicas tell each other where the log ends now.
    static final String CHANNEL = "firebreak_log";

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition longer = lock.newCondition();
    private long end;
    private long calls;

    /// The longest that was heard of.
    long end() {
        lock.lock();
        try {
            return end;
        } finally {
            lock.unlock();
        }
    }

    /// The log is at least this long. Hearing less than before changes nothing.
    void reached(long position) {
        lock.lock();
        try {
            if (position > end) {
                end = position;
                longer.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Everybody looks for themselves: something may have been missed.
    void lookAgain() {
        lock.lock();
        try {
            calls++;
            longer.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Returns when the log may be longer than `position`, at the latest after `atMost`.
    void await(long position, Duration atMost) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            var before = calls;
            var left = atMost.toNanos();
            while (end <= position && calls == before && left > 0) {
                left = longer.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
