package dev.firebreak.hostagent.channel;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait before the next try: a random part of a span that doubles, up to a limit (full
/// jitter), so that a thousand agents cut at once do not come back at once.
final class Backoff {

    static final Duration FIRST = Duration.ofMillis(500);
    static final Duration LONGEST = Duration.ofSeconds(30);

    private final RandomGenerator random;
    private int failures;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    Duration next() {
        long span = Math.min(LONGEST.toMillis(), FIRST.toMillis() << Math.min(failures, 16));
        failures++;
        return Duration.ofMillis(random.nextLong(span + 1));
    }

    void succeeded() {
        failures = 0;
    }
}
