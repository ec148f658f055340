package dev.firebreak.eventlog.term;

/// What a responder may do; each role may do all that the ones before it may.
public enum Role {
    /// Sees everything, changes nothing.
    VIEWER,
    /// Plans, contains within limits, extends and releases.
    RESPONDER,
    /// Also approves what others asked for beyond their limits.
    APPROVER,
    /// Also enrols enforcers and responders, and freezes automation.
    ADMIN;

    public boolean mayActAs(Role needed) {
        return compareTo(needed) >= 0;
    }
}
