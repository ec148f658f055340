package dev.firebreak.hostagent.protocol;

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
        List<String> caveats) {

    public static WireHeld of(Held held) {
        return new WireHeld(
                held.id(),
                held.state().name().toLowerCase(Locale.ROOT),
                held.code(),
                held.sentence(),
                held.remaining().toMillis(),
                held.entries(),
                held.caveats());
    }
}
