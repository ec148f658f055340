package dev.firebreak.eventlog.event.containment;

/// What ended a containment.
public enum ReleaseCause {
    PERSON,
    EXPIRY,
    /// It did harm, or could not be put in force.
    ROLLBACK
}
