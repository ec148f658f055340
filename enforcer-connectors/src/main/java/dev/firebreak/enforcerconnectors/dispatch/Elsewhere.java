package dev.firebreak.enforcerconnectors.dispatch;

import dev.firebreak.eventlog.term.EnforcerName;

/// Whether another replica holds an enforcer's channel now. A single replica answers no; several
/// must know of each other, or one would call silent whom another hears.
@FunctionalInterface
public interface Elsewhere {

    Elsewhere NOBODY = _ -> false;

    boolean holds(EnforcerName enforcer);
}
