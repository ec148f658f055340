package dev.firebreak.commandside.alarm;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/// The time of day at the start of this process, carried on by a clock that nobody sets: an hour
/// forward or back on the wall ends no deny early or late. A restart takes the time of day anew.
///
/// While the machine sleeps or is paused this clock stands still, on Linux at least, and is behind
/// by that from then on; [#drift] tells. What is compared with the time of others, like a signature
/// of Slack's, needs the clock on the wall.
public final class SteadyClock extends Clock {

    private final InstantSource wall;
    private final LongSupplier nanos;
    private final Instant startedAt;
    private final long started;
    private final ZoneId zone;

    public SteadyClock() {
        this(InstantSource.system(), System::nanoTime);
    }

    SteadyClock(InstantSource wall, LongSupplier nanos) {
        this(wall, nanos, wall.instant(), nanos.getAsLong(), ZoneOffset.UTC);
    }

    private SteadyClock(
            InstantSource wall, LongSupplier nanos, Instant startedAt, long started, ZoneId zone) {
        this.wall = wall;
        this.nanos = nanos;
        this.startedAt = startedAt;
        this.started = started;
        this.zone = zone;
    }

    @Override
    public Instant instant() {
        return startedAt.plusNanos(nanos.getAsLong() - started);
    }

    /// How far the clock on the wall has gone ahead of this one since the start: what somebody who
    /// looks after the machine wants to know.
    public Duration drift() {
        return Duration.between(instant(), wall.instant());
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        return new SteadyClock(wall, nanos, startedAt, started, other);
    }
}
