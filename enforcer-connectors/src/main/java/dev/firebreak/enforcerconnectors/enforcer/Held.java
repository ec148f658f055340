package dev.firebreak.enforcerconnectors.enforcer;

import java.time.Duration;
import java.util.List;

/// One deny as an enforcer reported it: read back, never assumed. `code` and `sentence` say why it
/// is not simply held; `caveats` are what it cannot hold although it holds it.
public record Held(
        DenyId id,
        State state,
        String code,
        String sentence,
        Duration remaining,
        int entries,
        List<String> caveats) {

    public Held {
        caveats = List.copyOf(caveats);
    }

    /// How far a deny is where it is held.
    public enum State {
        /// Every entry of it was read back.
        HELD,
        /// Ready, and its subject is not there; it takes hold when the name appears.
        WAITING,
        /// The enforcer would not have it; nothing of it is held.
        REFUSED
    }

    /// Whether there is anything of it to drop.
    public boolean isPresent() {
        return state != State.REFUSED;
    }
}
