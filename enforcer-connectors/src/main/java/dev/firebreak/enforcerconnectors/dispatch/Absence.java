package dev.firebreak.enforcerconnectors.dispatch;

import dev.firebreak.enforcerconnectors.enforcer.DenyId;
import java.time.Instant;
import java.util.Set;

/// An enforcer that is out of reach: when it was last heard, what was under way to it then, since
/// when we wait for it, and whether that has been long enough to call it silent.
record Absence(Instant lastHeardAt, Instant since, Set<DenyId> doubtful, boolean silent) {

    Absence {
        doubtful = Set.copyOf(doubtful);
    }

    Absence fallenSilent() {
        return new Absence(lastHeardAt, since, doubtful, true);
    }
}
