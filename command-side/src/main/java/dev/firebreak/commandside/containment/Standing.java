package dev.firebreak.commandside.containment;

import dev.firebreak.eventlog.term.Gap;
import dev.firebreak.eventlog.term.PartReport;
import dev.firebreak.eventlog.term.PartState;
import dev.firebreak.eventlog.term.Sessions;
import java.time.Instant;
import java.util.List;

/// The newest that was heard of one part, and whether its enforcer may hold something of it.
record Standing(
        PartState state,
        long generation,
        String sentence,
        List<String> caveats,
        List<Gap> gaps,
        Sessions sessions,
        Instant at,
        boolean mayHold) {

    /// Before its first report. An order may be on its way, so it may hold something.
    static final Standing UNHEARD =
            new Standing(
                    PartState.PENDING,
                    0,
                    "",
                    List.of(),
                    List.of(),
                    Sessions.NONE,
                    Instant.MIN,
                    true);

    /// What somebody else says of an enforcer that is not heard itself: it speaks of no generation.
    private static final long HEARSAY = 0;

    /// A report is old when it speaks of an older generation, or of the same one at an earlier
    /// time, and a repeat when it says the same. A newer generation that changes nothing about a
    /// part in force is a repeat, too: each new deny on an enforcer would otherwise be an event for
    /// every other deny that it holds.
    boolean isNews(PartReport report) {
        if (report.generation() == generation || report.generation() == HEARSAY) {
            return !report.at().isBefore(at) && !saysTheSame(report);
        }
        return report.generation() > generation && !(saysTheSame(report) && state.holds());
    }

    Standing then(PartReport report) {
        return new Standing(
                report.state(),
                Math.max(generation, report.generation()),
                report.sentence(),
                report.caveats(),
                report.gaps(),
                report.sessions(),
                report.at(),
                mayHoldAfter(report.state()));
    }

    private boolean mayHoldAfter(PartState heard) {
        return switch (heard) {
            case WAITING, HELD, HELD_EXCEPT, VERIFIED, UNKNOWN, UNREACHABLE -> true;
            // A no to the very first order leaves nothing; a no to a later one leaves what was.
            case REJECTED -> mayHold && state != PartState.PENDING;
            case PENDING -> mayHold;
            case LIFTED -> false;
        };
    }

    private boolean saysTheSame(PartReport report) {
        return state == report.state()
                && sentence.equals(report.sentence())
                && caveats.equals(report.caveats())
                && gaps.equals(report.gaps())
                && sessions.equals(report.sessions());
    }
}
