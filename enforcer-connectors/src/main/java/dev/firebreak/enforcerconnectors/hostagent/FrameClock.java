package dev.firebreak.enforcerconnectors.hostagent;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.LongSupplier;

/// Says when a frame was spoken, by a clock that nobody sets, so that agents can tell how long each
/// was under way. When the clock on the wall was set, or this machine stood still and only one of
/// the two knows it, what was read before says nothing any more: it then goes on under a new name.
final class FrameClock {

    /// Two readings are taken one after the other; they may be apart by as much.
    static final Duration READING = Duration.ofMillis(5);

    /// A wall clock that is disciplined drifts by at most 500 parts in a million; beyond one part
    /// in so many it was set.
    private static final long DRIFT_ONE_IN = 1_000;

    private final InstantSource wall;
    private final LongSupplier nanos;
    private String name = fresh();
    private Instant wallBefore;
    private long nanosBefore;

    /// @param wall the machine's own, which anybody may set: one that is made of `nanos` stands
    ///   still with them, and shows nothing
    /// @param nanos such as [System#nanoTime]
    FrameClock(InstantSource wall, LongSupplier nanos) {
        this.wall = wall;
        this.nanos = nanos;
        this.wallBefore = wall.instant();
        this.nanosBefore = nanos.getAsLong();
    }

    synchronized Moment now() {
        var wallNow = wall.instant();
        var nanosNow = nanos.getAsLong();
        var bySteady = Duration.ofNanos(nanosNow - nanosBefore);
        if (parted(Duration.between(wallBefore, wallNow), bySteady)) {
            name = fresh();
        }
        wallBefore = wallNow;
        nanosBefore = nanosNow;
        return new Moment(name, nanosNow);
    }

    private static boolean parted(Duration byWall, Duration bySteady) {
        var allowed = READING.plus(bySteady.dividedBy(DRIFT_ONE_IN));
        return byWall.minus(bySteady).abs().compareTo(allowed) > 0;
    }

    private static String fresh() {
        return UUID.randomUUID().toString();
    }
}
