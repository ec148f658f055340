package dev.firebreak.eventlog.term;

import java.util.Locale;

/// How far one enforcer is with its part of a containment. Unknown is never shown as fine.
public enum PartState {
    /// Nothing heard yet.
    PENDING,
    /// The enforcer took it, but the workload is not there; it takes hold when the name appears.
    WAITING,
    /// Read back from the enforcer: it is in force for new traffic.
    HELD,
    /// In force, and read back, for some of those it is to cut and not for others; the gaps of the
    /// report name these.
    HELD_EXCEPT,
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

    /// For everybody it is to cut there.
    public boolean isInForce() {
        return this == HELD || this == VERIFIED;
    }

    /// For anybody at all, as it was read back.
    public boolean holds() {
        return isInForce() || this == HELD_EXCEPT;
    }

    /// An answer of the enforcer's own, and not what others make of its silence.
    public boolean isAnswer() {
        return switch (this) {
            case WAITING, HELD, HELD_EXCEPT, VERIFIED, REJECTED, LIFTED -> true;
            case PENDING, UNREACHABLE, UNKNOWN -> false;
        };
    }

    /// As it is written in answers: `held-except`.
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
