package dev.firebreak.commandside.command;

import java.util.Locale;

/// The stable codes of what the rules refuse; programs match on these, people read the sentence.
public enum RefusalCode {
    NOT_PERMITTED,
    UNKNOWN_CONTAINMENT,
    UNKNOWN_WORKLOAD,
    UNKNOWN_ENFORCER,
    UNKNOWN_RESPONDER,
    NOTHING_TO_CONTAIN,
    CANNOT_BE_EXPRESSED,
    TTL_TOO_SHORT,
    TTL_TOO_LONG,
    PROTECTED_SCOPE,
    TOO_LARGE,
    PLAN_CHANGED,
    SELF_APPROVAL,
    NOT_AWAITING_APPROVAL,
    ALREADY_ENDED,
    NOT_ACTIVE,
    NOT_YET_DUE,
    AUTOMATION_FROZEN,
    INVALID_TOKEN,
    ALREADY_EXISTS,
    NO_BASELINE,
    CONFLICT,
    UNREADABLE_STREAM;

    /// As it is written in answers: `ttl-too-long`.
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
