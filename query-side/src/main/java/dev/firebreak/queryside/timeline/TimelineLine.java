package dev.firebreak.queryside.timeline;

import java.time.Instant;

/// One thing that happened, as a sentence: when it happened, when the log took it, by whom and by
/// which surface. `position` finds the event itself.
public record TimelineLine(
        long position,
        Instant at,
        Instant recordedAt,
        String by,
        String surface,
        String stream,
        String sentence) {}
