package dev.firebreak.eventlog.term;

import java.time.Instant;
import java.util.List;

/// What one enforcer said of its part: the state, a sentence, what it cannot hold (`caveats`), the
/// sessions it ended, and the generation of desired state that it speaks of; 0 when somebody else
/// speaks of an enforcer that is not heard itself.
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
    public static final int MAX_CAVEAT = 300;

    public PartReport {
        sentence = sentence.substring(0, Math.min(sentence.length(), MAX_SENTENCE));
        caveats =
                caveats.stream()
                        .limit(MAX_CAVEATS)
                        .map(caveat -> caveat.substring(0, Math.min(caveat.length(), MAX_CAVEAT)))
                        .toList();
    }
}
