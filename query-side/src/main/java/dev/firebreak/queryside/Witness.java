package dev.firebreak.queryside;

import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.segmentation.Presence;
import java.time.Instant;
import java.util.Optional;

/// What a replica sees by itself at this moment: no event tells it, or none has yet.
public interface Witness {

    /// Sees nothing beyond the log, as whoever reads a log that nobody serves.
    Witness OF_NOTHING =
            new Witness() {
                @Override
                public Optional<Presence> presence(ContainmentId containment) {
                    return Optional.empty();
                }

                @Override
                public Optional<Heard> heard(EnforcerName enforcer) {
                    return Optional.empty();
                }
            };

    /// Who is in the containment now.
    Optional<Presence> presence(ContainmentId containment);

    /// Empty when there is nobody who could hear it, and the last event is all there is.
    Optional<Heard> heard(EnforcerName enforcer);

    /// Who hears an enforcer.
    sealed interface Heard {
        /// This replica, from `since` on without a break and at `lastAt` for the last time.
        record Here(Instant since, Instant lastAt) implements Heard {}

        /// This replica, too, and it has obeyed a newer log than this: it takes nothing from here.
        record HereAhead(Instant since, Instant lastAt, String sentence) implements Heard {}

        /// Another replica does, and knows when.
        record Elsewhere() implements Heard {}

        record ByNobody() implements Heard {}
    }
}
