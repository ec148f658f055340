package dev.firebreak.enforcerconnectors.enforcer;

import java.time.Instant;
import java.util.List;

/// What was found when an enforcer was looked at.
public sealed interface Observation {

    /// All that it holds, and the highest generation it has ever applied.
    record Seen(long generation, List<Held> denies, Instant at) implements Observation {
        public Seen {
            denies = List.copyOf(denies);
        }
    }

    /// It could not be looked at.
    record Unseen(String sentence) implements Observation {}
}
