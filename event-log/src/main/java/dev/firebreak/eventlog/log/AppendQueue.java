package dev.firebreak.eventlog.log;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// What waits to be appended, in two lanes: decisions go before telemetry, and telemetry gets a
/// small share of every batch so that neither starves.
final class AppendQueue {

    static final int MAX_WAITING_PER_LANE = 1_024;
    static final int MAX_EVENTS_PER_BATCH = 512;
    static final int MAX_BYTES_PER_BATCH = 4 << 20;
    static final int MAX_TELEMETRY_PER_BATCH = 64;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final Condition emptied = lock.newCondition();
    private final ArrayDeque<Append> decisions = new ArrayDeque<>();
    private final ArrayDeque<Append> telemetry = new ArrayDeque<>();
    private int wanted = 1;
    private boolean closed;

    /// False when the lane stayed full for as long as `patience`, or the log is closed.
    boolean offer(Append append, Duration patience) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            var left = patience.toNanos();
            while (!closed && lane(append).size() >= MAX_WAITING_PER_LANE) {
                if (left <= 0) {
                    return false;
                }
                left = emptied.awaitNanos(left);
            }
            if (closed) {
                return false;
            }
            lane(append).add(append);
            if (size() >= wanted) {
                filled.signal();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Takes back what nobody has begun to append; false when it is too late for that.
    boolean withdraw(Append append) {
        lock.lock();
        try {
            return lane(append).remove(append);
        } finally {
            lock.unlock();
        }
    }

    /// Waits until something waits; false when there will be nothing more.
    boolean awaitWork() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (size() == 0 && !closed) {
                filled.await();
            }
            return size() > 0;
        } finally {
            lock.unlock();
        }
    }

    /// The next batch, empty when nothing waits.
    ///
    /// Those who were answered together tend to come back together: it waits up to `linger` for as
    /// many as `expected`, or the first of them would have a commit of its own and all others would
    /// wait for it.
    List<Append> take(int expected, Duration linger) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            wanted = expected;
            var left = linger.toNanos();
            while (size() < expected && left > 0 && !closed) {
                left = filled.awaitNanos(left);
            }
            return batch();
        } finally {
            wanted = 1;
            lock.unlock();
        }
    }

    /// Nothing more is let in; what waits is still handed out.
    void close() {
        lock.lock();
        try {
            closed = true;
            filled.signalAll();
            emptied.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isIdle() {
        lock.lock();
        try {
            return size() == 0 && !closed;
        } finally {
            lock.unlock();
        }
    }

    int waiting() {
        lock.lock();
        try {
            return size();
        } finally {
            lock.unlock();
        }
    }

    private int size() {
        return decisions.size() + telemetry.size();
    }

    private ArrayDeque<Append> lane(Append append) {
        return switch (append.lane) {
            case DECISION -> decisions;
            case TELEMETRY -> telemetry;
        };
    }

    private List<Append> batch() {
        var batch = new ArrayList<Append>();
        var room = new Room(MAX_EVENTS_PER_BATCH, MAX_BYTES_PER_BATCH);
        fill(batch, decisions, room);
        fill(batch, telemetry, new Room(MAX_TELEMETRY_PER_BATCH, MAX_BYTES_PER_BATCH));
        emptied.signalAll();
        return batch;
    }

    /// The first of a lane is always taken, however large, or it would wait for ever.
    private static void fill(List<Append> batch, ArrayDeque<Append> lane, Room room) {
        var left = room;
        for (var next = lane.peek(); next != null; next = lane.peek()) {
            left = left.without(next);
            if (left.isOverdrawn() && left.taken() > 1) {
                return;
            }
            batch.add(lane.remove());
        }
    }

    private record Room(int events, int bytes, int taken) {
        Room(int events, int bytes) {
            this(events, bytes, 0);
        }

        Room without(Append append) {
            return new Room(events - append.events.size(), bytes - append.bytes, taken + 1);
        }

        boolean isOverdrawn() {
            return events < 0 || bytes < 0;
        }
    }
}
