package dev.firebreak.enforcerconnectors.dispatch;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// Exponential waits with full jitter: many who failed together do not come back together.
record Backoff(Duration first, Duration longest) {

    private static final int MAX_DOUBLINGS = 30;

    /// How long to wait after this many failures in a row, counted from one.
    Duration after(int failures, RandomGenerator random) {
        var doublings = Math.min(failures - 1, MAX_DOUBLINGS);
        var ceiling = Math.min(first.toMillis() << doublings, longest.toMillis());
        return Duration.ofMillis(1 + random.nextLong(Math.max(1, ceiling)));
    }
}
