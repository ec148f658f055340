package dev.firebreak.eventlog.term;

import java.time.Instant;
import java.util.List;

/// What one enforcer said of its part: the state, a sentence, what it cannot hold (`caveats`), the
/// sessions it ended, and the generation of desired state that it speaks of.
public record PartReport(
        EnforcerName enforcer,
        long generation,
        PartState state,
        String sentence,
        List<String> caveats,
        Sessions sessions,
        Instant at) {

    public static final int MAX_SENTENCE = 1_000;
    public static final int MAX_CAVEATS = 16;

    public PartReport {
        sentence = sentence.substring(0, Math.min(sentence.length(), MAX_SENTENCE));
        caveats = caveats.stream().limit(MAX_CAVEATS).toList();
    }
}
