package dev.firebreak.queryside.containment;

import java.time.Instant;
import java.util.Map;

/// Which enforcers cannot be heard, and since when; what they hold is unknown.
record Hearing(Map<String, Instant> silentSince) {
    Hearing {
        silentSince = Map.copyOf(silentSince);
    }

    boolean isSilent(String enforcer) {
        return silentSince.containsKey(enforcer);
    }

    Instant since(String enforcer) {
        return silentSince.getOrDefault(enforcer, Instant.EPOCH);
    }
}
