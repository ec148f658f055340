package dev.firebreak.enforcerconnectors.enforcer;

import dev.firebreak.eventlog.term.Sessions;
import java.util.List;

/// What was measured after denies took hold: a probe from the subject's side, and what became of
/// the sessions that were open.
public record Verification(long generation, List<Probe> probes) {
    public Verification {
        probes = List.copyOf(probes);
    }

    public record Probe(DenyId id, Verdict verdict, String detail, Sessions sessions) {}

    public enum Verdict {
        /// The probe was refused, as it should be.
        DENIED,
        /// The probe got through: whatever was read back, it is not in force.
        ALLOWED,
        /// There was no way to probe it; `detail` says why.
        NOT_POSSIBLE
    }
}
