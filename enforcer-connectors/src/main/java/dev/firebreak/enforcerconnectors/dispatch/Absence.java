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

    /// Another replica hears it at this moment, so the wait begins anew.
    Absence heardElsewhere(Instant now) {
        return new Absence(now, now, doubtful, false);
    }

    Absence fallenSilent() {
        return new Absence(lastHeardAt, since, doubtful, true);
    }
}
