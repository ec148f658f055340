package dev.firebreak.chatops;

import dev.firebreak.eventlog.term.Ask;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.Gap;
import dev.firebreak.eventlog.term.IncidentId;
import dev.firebreak.eventlog.term.PartState;
import dev.firebreak.eventlog.term.PlanHash;
import dev.firebreak.eventlog.term.Reach;
import dev.firebreak.eventlog.term.Reason;
import dev.firebreak.eventlog.term.ResponderName;
import dev.firebreak.eventlog.term.Sessions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A containment as it stands. `stateText` is the sentence for a tired human; `reach` is what was
/// decided on, and `reachNow` what has become of it, nothing when it is over.
public record ContainmentReading(
        ContainmentId id,
        Ask ask,
        State state,
        String stateText,
        Reason reason,
        IncidentId incident,
        ResponderName requestedBy,
        Instant requestedAt,
        Optional<Instant> expiresAt,
        Optional<Instant> endedAt,
        PlanHash plan,
        Optional<Approval> approval,
        Optional<ResponderName> approvedBy,
        List<Part> parts,
        List<Gap> gaps,
        Reach reach,
        Optional<Reach> reachNow) {

    public ContainmentReading {
        parts = List.copyOf(parts);
        gaps = List.copyOf(gaps);
    }

    /// In the order it is usually lived.
    public enum State {
        AWAITING_APPROVAL,
        PUSHING,
        CONTAINED,
        CONTAINED_EXCEPT,
        NOT_CONTAINED,
        UNKNOWN,
        RELEASING,
        ENDED,
        DECLINED;

        /// Whether nothing can happen to it any more.
        public boolean isOver() {
            return this == ENDED || this == DECLINED;
        }

        /// Whether enforcers are to hold it.
        public boolean isInForce() {
            return switch (this) {
                case PUSHING, CONTAINED, CONTAINED_EXCEPT, NOT_CONTAINED, UNKNOWN -> true;
                case AWAITING_APPROVAL, RELEASING, ENDED, DECLINED -> false;
            };
        }
    }

    /// Why a second person is needed, and when their silence becomes a no.
    public record Approval(String because, Instant lapsesAt) {}

    /// How far one enforcer is; `gaps` are those of its part whom it does not cut.
    public record Part(
            EnforcerName enforcer,
            PartState state,
            String sentence,
            List<String> caveats,
            List<Gap> gaps,
            Sessions sessions) {
        public Part {
            caveats = List.copyOf(caveats);
            gaps = List.copyOf(gaps);
        }
    }
}
