package dev.firebreak.whole;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Looks again until it is as it should be, and says what it last saw when it never was.
final class Waiting {

    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private Waiting() {}

    static <T> T until(Duration within, Supplier<T> look, Predicate<T> enough) {
        var deadline = System.nanoTime() + within.toNanos();
        while (true) {
            var seen = look.get();
            if (enough.test(seen)) {
                return seen;
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within " + within + "; last seen: " + seen);
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }
}
