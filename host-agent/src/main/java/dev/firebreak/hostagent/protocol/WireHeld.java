package dev.firebreak.hostagent.protocol;

import dev.firebreak.hostagent.deny.Gap;
import dev.firebreak.hostagent.deny.Held;
import java.util.List;
import java.util.Locale;

/// What became of a deny, as it travels.
public record WireHeld(
        String id,
        String state,
        String code,
        String sentence,
        long remainingMillis,
        int entries,
        List<String> caveats,
        List<Gap> gaps) {

    private static final int BRIEF_SENTENCE = 200;

    /// How it stands, without naming what is not held.
    public WireHeld brief() {
        return new WireHeld(
                id,
                state,
                code,
                sentence.substring(0, Math.min(sentence.length(), BRIEF_SENTENCE)),
                remainingMillis,
                entries,
                List.of(),
                Gap.told(gaps, 0));
    }

    public static WireHeld of(Held held) {
        return new WireHeld(
                held.id(),
                held.state().name().toLowerCase(Locale.ROOT),
                held.code(),
                held.sentence(),
                held.remaining().toMillis(),
                held.entries(),
                held.caveats(),
                Gap.told(held.gaps()));
    }
}
