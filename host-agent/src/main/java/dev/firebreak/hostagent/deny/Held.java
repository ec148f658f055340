package dev.firebreak.hostagent.deny;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What became of a deny on this host: `held` only when the kernel gave back every rule that it was
/// told. `gaps` are the subjects that it does not cut by all of its rules now.
public record Held(
        String id,
        State state,
        String code,
        String sentence,
        Duration remaining,
        int entries,
        List<String> caveats,
        List<Gap> gaps) {

    /// Written, but the kernel does not give all of it back now.
    public static final String NOT_READ_BACK = "not-read-back";

    /// The cgroup of a subject is not on the host; its rules are ready for it.
    public static final String CGROUP_ABSENT = "cgroup-absent";

    public enum State {
        HELD,
        /// None of its subjects has a cgroup now; the deny takes hold when a name appears.
        WAITING,
        REFUSED
    }

    public Held {
        caveats = List.copyOf(caveats);
        gaps = List.copyOf(gaps);
    }

    public Held with(List<String> more) {
        List<String> all = new ArrayList<>(caveats);
        all.addAll(more);
        return new Held(id, state, code, sentence, remaining, entries, all, gaps);
    }

    public static Held refused(String id, Refusal why) {
        return new Held(
                id,
                State.REFUSED,
                why.code(),
                why.sentence(),
                Duration.ZERO,
                0,
                List.of(),
                List.of());
    }
}
