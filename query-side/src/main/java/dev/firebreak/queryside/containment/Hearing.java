package dev.firebreak.queryside.containment;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// Which enforcers cannot be heard; what they hold is unknown.
record Hearing(Map<String, Absence> absences) {
    Hearing {
        absences = Map.copyOf(absences);
    }

    /// Not heard since then. One that was revoked is not let in again before it is enrolled again.
    record Absence(Instant since, boolean revoked) {}

    Optional<Absence> absence(String enforcer) {
        return Optional.ofNullable(absences.get(enforcer));
    }
}
