package dev.firebreak.enforcerconnectors.enforcer;

import java.util.List;

/// What came of a [Directive].
public sealed interface Receipt {

    /// Done and read back. `denies` tells of each deny that was put, also of one that was refused
    /// by itself; `unclaimed` is what is held and was not named by a complete directive.
    record Applied(long generation, List<Held> denies, List<DenyId> dropped, List<DenyId> unclaimed)
            implements Receipt {
        public Applied {
            denies = List.copyOf(denies);
            dropped = List.copyOf(dropped);
            unclaimed = List.copyOf(unclaimed);
        }
    }

    /// The enforcer said no to all of it, and nothing has changed. `generation` is the highest it
    /// has ever applied.
    record Rejected(long generation, String code, String sentence) implements Receipt {

        /// It has applied a plan that is newer than this one.
        public static final String STALE_GENERATION = "stale-generation";

        public boolean isStale() {
            return STALE_GENERATION.equals(code);
        }
    }

    /// It never left us: nothing has changed.
    record Unreachable(String sentence) implements Receipt {}

    /// It was sent and no answer came in time: only observing tells.
    record Unknown(String sentence) implements Receipt {}
}
