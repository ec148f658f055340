package dev.firebreak.hostagent.deny;

import java.time.Duration;
import java.util.List;

/// What became of a deny on this host: `held` only when the kernel gave every rule of it back.
public record Held(
        String id,
        State state,
        String code,
        String sentence,
        Duration remaining,
        int entries,
        List<String> caveats) {

    /// Written, but the kernel does not give all of it back now.
    public static final String NOT_READ_BACK = "not-read-back";

    public enum State {
        HELD,
        /// A subject's cgroup does not exist yet; the deny takes hold when the name appears.
        WAITING,
        REFUSED
    }

    public Held {
        caveats = List.copyOf(caveats);
    }

    public static Held refused(String id, Refusal why) {
        return new Held(id, State.REFUSED, why.code(), why.sentence(), Duration.ZERO, 0, List.of());
    }
}
