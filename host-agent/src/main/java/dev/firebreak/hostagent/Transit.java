package dev.firebreak.hostagent;

import dev.firebreak.hostagent.protocol.FromService.Moment;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// When a frame of the service was spoken, by this host's boot clock, as well as can be told
/// without a common clock: the quickest frame of late is taken to have been under way for no time
/// at all, and by as much as another was slower, it was spoken before it was heard. The answer may
/// be too late, by the way of the quickest, and is never too early; and never later than when the
/// frame was heard, whatever a service says of its clock.
final class Transit {

    /// A quickest frame that is older is forgotten; one of the clocks may have stood still since.
    static final Duration REMEMBERED = Duration.ofSeconds(30);

    /// A frame that seems to have been under way for longer says that a clock was stopped.
    static final Duration LONGEST = Duration.ofSeconds(1);

    /// Each clock is disciplined by at most 500 parts in a million, as the frequency of adjtimex(2)
    /// has it; the two part by at most one in so many. Whoever moves the tick, as chrony may to
    /// catch up, slews faster: an end may then be early by a tenth of the time since the quickest
    /// frame, and by no more than [#LONGEST].
    static final long APART_ONE_IN = 1_000;

    private String clock = "";
    private long quickest;
    private long quickestHeard;

    /// @param heard the frame came then, by the boot clock in nanoseconds
    long spoken(@Nullable Moment at, long heard) {
        if (at == null) {
            return heard;
        }
        long apart = heard - at.nanos();
        long age = heard - quickestHeard;
        long least = quickest + age / APART_ONE_IN;
        if (!at.clock().equals(clock) || age > REMEMBERED.toNanos() || apart <= least) {
            clock = at.clock();
            quickest = apart;
            quickestHeard = heard;
            return heard;
        }
        // Moments that lie ages apart make it overflow, and a deny is not to last longer for that.
        long slower = apart - least;
        return slower < 0 || slower > LONGEST.toNanos() ? heard : heard - slower;
    }
}
