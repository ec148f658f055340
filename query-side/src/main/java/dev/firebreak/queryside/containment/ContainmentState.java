package dev.firebreak.queryside.containment;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// What a responder is told that a containment is in; never better than what is known.
public enum ContainmentState {
    AWAITING_APPROVAL,
    PUSHING,
    CONTAINED,
    /// Some part holds; another does not, or is not known to.
    CONTAINED_EXCEPT,
    /// No part holds, and every one is known not to.
    NOT_CONTAINED,
    /// No part is known to hold, and some may.
    UNKNOWN,
    /// It has ended, and enforcers are letting go or were not heard to have.
    RELEASING,
    ENDED,
    DECLINED;

    /// As it is written in answers: `contained-except`.
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
