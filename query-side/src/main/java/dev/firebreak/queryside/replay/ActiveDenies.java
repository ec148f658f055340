package dev.firebreak.queryside.replay;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.firebreak.eventlog.term.Gap;
import dev.firebreak.eventlog.term.PartState;
import java.time.Instant;
import java.util.List;

/// What was to be denied at an instant, and how far it was, by all that the log held then.
/// `position` is how far the log was, and `unreadable` how many entries up to there this release
/// could not read: it may not know of everything.
public record ActiveDenies(Instant at, long position, long unreadable, List<ActiveDeny> denies) {
    public ActiveDenies {
        denies = List.copyOf(denies);
    }

    /// One containment that was active: who asked for it, who agreed, why, until when, what each
    /// enforcer was to hold of it, and how far it was known to be held.
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
            Extent held,
            List<ActivePart> parts) {
        public ActiveDeny {
            approvedBy = List.copyOf(approvedBy);
            parts = List.copyOf(parts);
        }
    }

    /// How far a deny was held, by what enforcers had read back.
    public enum Extent {
        /// By each enforcer, for everybody it was to cut there.
        @JsonProperty("whole")
        WHOLE,
        /// By some, or for some.
        @JsonProperty("in part")
        IN_PART,
        /// Nobody had read anything back, and somebody may have held it.
        @JsonProperty("unknown")
        UNKNOWN,
        /// Each enforcer had said that it does not.
        @JsonProperty("nowhere")
        NOWHERE;

        static Extent of(List<PartState> parts) {
            if (parts.stream().noneMatch(PartState::holds)) {
                return parts.stream().anyMatch(Extent::mayHold) ? UNKNOWN : NOWHERE;
            }
            return parts.stream().allMatch(PartState::isInForce) ? WHOLE : IN_PART;
        }

        private static boolean mayHold(PartState state) {
            return switch (state) {
                case PENDING, UNREACHABLE, UNKNOWN, HELD, HELD_EXCEPT, VERIFIED -> true;
                case WAITING, REJECTED, LIFTED -> false;
            };
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
