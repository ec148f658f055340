package dev.firebreak.enforcerconnectors.hostagent;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.LongSupplier;

/// A clock that only ever runs on at its own pace. When the wall clock was set, or this machine
/// stood still and one of the two does not know it, what was read before says nothing any more: the
/// clock then goes on under a new name.
final class SteadyClock {

    /// Two readings are taken one after the other; they may be apart by as much.
    static final Duration READING = Duration.ofMillis(5);

    /// A wall clock that is disciplined drifts by at most 500 parts in a million.
    private static final long DRIFT_OF = 1_000;

    private final Clock wall;
    private final LongSupplier nanos;
    private String name = fresh();
    private Instant wallBefore;
    private long nanosBefore;

    /// @param nanos such as [System#nanoTime]
    SteadyClock(Clock wall, LongSupplier nanos) {
        this.wall = wall;
        this.nanos = nanos;
        this.wallBefore = wall.instant();
        this.nanosBefore = nanos.getAsLong();
    }

    synchronized Moment now() {
        var wallNow = wall.instant();
        var nanosNow = nanos.getAsLong();
        if (parted(Duration.between(wallBefore, wallNow).toNanos(), nanosNow - nanosBefore)) {
            name = fresh();
        }
        wallBefore = wallNow;
        nanosBefore = nanosNow;
        return new Moment(name, nanosNow);
    }

    private static boolean parted(long byWall, long bySteady) {
        return Math.abs(byWall - bySteady) > READING.toNanos() + bySteady / DRIFT_OF;
    }

    private static String fresh() {
        return UUID.randomUUID().toString();
    }
}
