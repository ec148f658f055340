package dev.firebreak.queryside.timeline;

import java.time.Instant;
import java.util.List;

/// One thing that happened, as a sentence: when it happened, when the log took it, by whom and by
/// which surface, and the containments it is about. `position` finds the event itself. Where
/// several entries of the log that say the same are folded into one line, `entries` counts them,
/// the first was at `firstAt`, and everything else is of the last.
public record TimelineLine(
        long position,
        Instant at,
        Instant recordedAt,
        String by,
        String surface,
        String stream,
        List<String> containments,
        String sentence,
        Instant firstAt,
        long entries) {
    public TimelineLine {
        containments = List.copyOf(containments);
    }
}
