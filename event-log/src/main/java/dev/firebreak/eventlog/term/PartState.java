package dev.firebreak.eventlog.term;

/// How far one enforcer is with its part of a containment. Unknown is never shown as fine.
public enum PartState {
    /// Nothing heard yet.
    PENDING,
    /// The enforcer took it, but the workload is not there; it takes hold when the name appears.
    WAITING,
    /// Read back from the enforcer: it is in force for new traffic.
    HELD,
    /// Held, and a probe from the subject's side was refused.
    VERIFIED,
    /// The enforcer answered no; trying the same again will not help.
    REJECTED,
    /// The enforcer cannot be reached; it will be tried again.
    UNREACHABLE,
    /// Asked, and no answer in time: only observing tells.
    UNKNOWN,
    /// Read back from the enforcer: nothing of this containment is left.
    LIFTED;

    public boolean isInForce() {
        return this == HELD || this == VERIFIED;
    }
}
