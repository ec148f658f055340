package dev.firebreak.segmentation;

import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.Direction;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.ResponderName;
import java.time.Instant;
import java.util.List;

/// Whether a flow may pass, and by which rules that was decided.
public record Judgement(Verdict verdict, List<Step> path) {
    public Judgement {
        path = List.copyOf(path);
    }

    /// What becomes of the flow.
    public enum Verdict {
        /// No deny that an enforcer is to hold takes it in. There is no baseline to deny it yet.
        ALLOWED,
        DENIED,
        /// Denied at some of the places the workload runs at, or for some of its addresses.
        DENIED_IN_PART
    }

    /// A deny that was looked at: at whose end of the flow, whether it takes the flow in, and the
    /// position of the event that put it there.
    public record Step(
            ContainmentId containment,
            EnforcerName enforcer,
            Direction seenAt,
            boolean takesIn,
            String why,
            long order,
            ResponderName by,
            Instant expiresAt) {}
}
