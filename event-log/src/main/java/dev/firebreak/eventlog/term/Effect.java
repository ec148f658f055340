package dev.firebreak.eventlog.term;

/// What a containment does to the traffic it names.
public enum Effect {
    DENY,
    /// An emergency allow, possible once a baseline can deny.
    ALLOW
}
