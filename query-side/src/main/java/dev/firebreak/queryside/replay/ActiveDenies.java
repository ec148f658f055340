package dev.firebreak.queryside.replay;

import dev.firebreak.eventlog.term.Gap;
import java.time.Instant;
import java.util.List;

/// What was denied at an instant, by all that the log held then. `position` is how far the log was,
/// and `unreadable` how many entries up to there this release could not read: it may not know of
/// everything.
public record ActiveDenies(Instant at, long position, long unreadable, List<ActiveDeny> denies) {
    public ActiveDenies {
        denies = List.copyOf(denies);
    }

    /// One containment that was active: who asked for it, who agreed, why, until when, and what
    /// each enforcer was to hold of it.
    public record ActiveDeny(
            String containment,
            String effect,
            String subject,
            String peer,
            String direction,
            String ports,
            String requestedBy,
            List<String> approvedBy,
            String reason,
            String incident,
            Instant orderedAt,
            Instant expiresAt,
            List<ActivePart> parts) {
        public ActiveDeny {
            approvedBy = List.copyOf(approvedBy);
            parts = List.copyOf(parts);
        }
    }

    /// An enforcer's share: what it was to hold, and what it had last said by then, `pending` when
    /// nothing; `gaps` are those whom it did not cut, by its word.
    public record ActivePart(
            String enforcer,
            List<String> subjects,
            List<String> peers,
            String state,
            String sentence,
            List<Gap> gaps) {
        public ActivePart {
            subjects = List.copyOf(subjects);
            peers = List.copyOf(peers);
            gaps = List.copyOf(gaps);
        }
    }
}
