package dev.firebreak.enforcerconnectors.enforcer;

import java.time.Duration;
import java.util.List;

/// One deny as an enforcer reported it: read back, never assumed. `code` and `sentence` say why it
/// is not simply held; `caveats` are what it is coarser or finer in than the words, although it
/// holds it, and `gaps` are the subjects that it does not hold, or not by all of its rules.
public record Held(
        DenyId id,
        State state,
        String code,
        String sentence,
        Duration remaining,
        int entries,
        List<String> caveats,
        List<Unheld> gaps) {

    public Held {
        caveats = List.copyOf(caveats);
        gaps = List.copyOf(gaps);
    }

    /// One whom the deny is to cut and does not: the subject as the enforcer calls it, a stable
    /// code, and the reason.
    public record Unheld(String subject, String code, String why) {

        private static final String CGROUP_ABSENT = "cgroup-absent";

        /// Whether putting it once more may help. For whom is not there, everything is ready.
        public boolean isWorthAnother() {
            return !code.equals(CGROUP_ABSENT);
        }
    }

    /// How far a deny is where it is held.
    public enum State {
        /// Every entry of it was read back, but for the gaps.
        HELD,
        /// Ready, and none of its subjects is there; it takes hold when a name appears.
        WAITING,
        /// The enforcer would not have it; nothing of it is held.
        REFUSED
    }

    /// Whether putting it once more may have it held for more of its subjects.
    public boolean isWorthAnother() {
        return gaps.stream().anyMatch(Unheld::isWorthAnother);
    }

    /// Whether there is anything of it to drop.
    public boolean isPresent() {
        return state != State.REFUSED;
    }
}
