package dev.firebreak.bench.timers;

import dev.firebreak.bench.measure.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

/// So many timers, and when each of them rang.
final class Timers {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration HEAD_START = Duration.ofMillis(300);

    private final List<Instant> due;
    private final AtomicLongArray late;
    private final CountDownLatch left;

    private Timers(List<Instant> due) {
        this.due = due;
        this.late = new AtomicLongArray(due.size());
        this.left = new CountDownLatch(due.size());
    }

    /// Due at random instants of a span; the same seed gives the same gaps.
    static Timers over(int count, Duration span, long seed) {
        var random = new SplittableRandom(seed);
        var first = Instant.now().plus(HEAD_START);
        var due = new ArrayList<Instant>();
        for (var i = 0; i < count; i++) {
            due.add(first.plusNanos(random.nextLong(span.toNanos())));
        }
        return new Timers(due);
    }

    /// All due at the same instant.
    static Timers atOnce(int count, Duration ahead) {
        var at = Instant.now().plus(ahead);
        return new Timers(java.util.Collections.nCopies(count, at));
    }

    int count() {
        return due.size();
    }

    Instant due(int number) {
        return due.get(number);
    }

    void rang(int number) {
        late.set(number, Duration.between(due.get(number), Instant.now()).toNanos());
        left.countDown();
    }

    /// When all have rung: how late, with the 99th percentile in milliseconds as the value.
    Lateness await() throws InterruptedException {
        if (!left.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException(
                    "%d of %d timers have not rung within %s after the last was set"
                            .formatted(left.getCount(), due.size(), PATIENCE));
        }
        var times = Sample.histogram();
        var least = Long.MAX_VALUE;
        for (var i = 0; i < late.length(); i++) {
            least = Math.min(least, late.get(i));
            times.recordValue(Math.max(1, late.get(i)));
        }
        return new Lateness(new Sample(Sample.millis(times, 99), times), least);
    }

    /// @param least the least lateness in nanoseconds; below zero, something rang early
    record Lateness(Sample sample, long least) {}
}
