package dev.firebreak.enforcerconnectors.dispatch;

import dev.firebreak.enforcerconnectors.enforcer.DenyId;
import dev.firebreak.eventlog.term.EnforcerName;
import java.time.Duration;

/// Told what the dispatcher does, for whoever counts it. Calls come one at a time and must not
/// wait.
public interface DispatchListener {

    DispatchListener NONE = new DispatchListener() {};

    /// A directive was answered, or was given up waiting for.
    default void pushed(EnforcerName enforcer, Outcome outcome, Duration took) {}

    /// An enforcer holds a deny under our mark that the log knows nothing of; it is being dropped.
    default void stranger(EnforcerName enforcer, DenyId deny) {}

    /// Nothing has been heard of it for too long.
    default void silent(EnforcerName enforcer) {}

    /// What became of a directive.
    enum Outcome {
        APPLIED,
        REJECTED,
        UNREACHABLE,
        UNKNOWN
    }
}
