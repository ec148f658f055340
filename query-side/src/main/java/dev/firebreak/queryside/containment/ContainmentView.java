package dev.firebreak.queryside.containment;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.firebreak.eventlog.term.Gap;
import dev.firebreak.eventlog.term.PartState;
import dev.firebreak.eventlog.term.Reach;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A containment as it is shown: everything a responder needs at a glance, at one instant.
/// `stateText` is the sentence for a tired human. `reach` is what was decided on, `present` what
/// has become of it.
public record ContainmentView(
        String id,
        String effect,
        String subject,
        String peer,
        String direction,
        String ports,
        ContainmentState state,
        String stateText,
        String reason,
        String incident,
        String requestedBy,
        Instant requestedAt,
        @Nullable Instant orderedAt, // null: it was not ordered (yet)
        @Nullable Instant expiresAt, // null: it was not ordered (yet)
        @Nullable Instant endedAt, // null: it has not ended
        long remainingSeconds,
        String planHash,
        @Nullable Approval approval, // null: no second person was needed
        String approvedBy,
        List<PartView> parts,
        List<Gap> gaps,
        Reach reach,
        @Nullable Present present) { // null: it is over, or nobody follows who is in it
    public ContainmentView {
        parts = List.copyOf(parts);
        gaps = List.copyOf(gaps);
    }

    /// Why a second person is needed, and when the answer becomes no.
    public record Approval(String because, Instant lapsesAt) {}

    /// Who is in it now. `leftOut` workloads joined its scope or moved, above the `atMost` that it
    /// may cut, and are not cut, or not everywhere; some of them are named. `spared` members are
    /// not cut where something protected runs; what is `caught` is protected and came to run where
    /// the plan cuts.
    public record Present(
            Reach reach,
            @Nullable Integer atMost, // null: it is not counted by workload, or not ordered yet
            int leftOut,
            List<String> names,
            List<String> spared,
            List<String> caught) {
        public Present {
            names = List.copyOf(names);
            spared = List.copyOf(spared);
            caught = List.copyOf(caught);
        }
    }

    /// One enforcer's part. `gaps` are those of it that it does not cut, `until` is the end that it
    /// is known to have taken, and `at` when it last said something.
    public record PartView(
            String enforcer,
            State state,
            String sentence,
            List<String> caveats,
            List<Gap> gaps,
            int sessionsEnded,
            int sessionsSurviving,
            @Nullable Instant until, // null: none was read back yet
            Instant at) {
        public PartView {
            caveats = List.copyOf(caveats);
            gaps = List.copyOf(gaps);
        }
    }

    /// [PartState] as it is written in answers: `held-except`.
    public record State(PartState state) {
        @JsonValue
        public String text() {
            return state.text();
        }
    }
}
