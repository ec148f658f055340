package dev.firebreak.eventlog.event.containment;

/// Why a containment that needed a second person did not come about.
public enum Decline {
    /// A second person said no.
    REFUSED,
    /// The one who asked took it back.
    WITHDRAWN,
    /// Nobody said yes in time.
    LAPSED
}
