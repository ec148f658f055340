package dev.firebreak.eventlog.term;

import java.time.Instant;
import java.util.List;

/// What one enforcer said of its part: the state, a sentence, what it is coarser or finer in than
/// the ask (`caveats`), whom of the part it does not cut (`gaps`), the sessions it ended, and the
/// generation of desired state that it speaks of; 0 when somebody else speaks of an enforcer that
/// is not heard itself.
public record PartReport(
        EnforcerName enforcer,
        long generation,
        PartState state,
        String sentence,
        List<String> caveats,
        List<Gap> gaps,
        Sessions sessions,
        Instant at) {

    public static final int MAX_SENTENCE = 1_000;
    public static final int MAX_CAVEATS = 16;
    public static final int MAX_CAVEAT = 300;

    /// Whoever reports names so many and says with one more how many there are beyond them.
    public static final int MAX_GAPS = 17;

    public static final int MAX_WHAT = 400;
    public static final int MAX_WHY = 700;

    public PartReport {
        sentence = cut(sentence, MAX_SENTENCE);
        caveats =
                caveats.stream().limit(MAX_CAVEATS).map(caveat -> cut(caveat, MAX_CAVEAT)).toList();
        gaps =
                gaps.stream()
                        .limit(MAX_GAPS)
                        .map(gap -> new Gap(cut(gap.what(), MAX_WHAT), cut(gap.why(), MAX_WHY)))
                        .toList();
    }

    /// Whether the enforcer was heard to say so.
    public boolean wasHeard() {
        return generation > 0 && state.isAnswer();
    }

    private static String cut(String text, int longest) {
        return text.substring(0, Math.min(text.length(), longest));
    }
}
