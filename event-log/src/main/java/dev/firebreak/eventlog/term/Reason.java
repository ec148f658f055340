package dev.firebreak.eventlog.term;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// Why somebody did something, in their own words, on one line; kept in the log for ever.
public record Reason(@JsonValue String text) {

    public static final int MAX_LENGTH = 500;

    @JsonCreator
    public Reason {
        text = Words.line("reason", text.strip(), MAX_LENGTH);
        if (Words.isBlank(text)) {
            throw new InvalidTerm("A reason is needed: say in a few words why.");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
