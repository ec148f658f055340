package dev.firebreak.eventlog.term;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/// What an approval is bound to: SHA-256 of the plan, in hex.
public record PlanHash(@JsonValue String value) {

    private static final Pattern TEXT = Pattern.compile("[0-9a-f]{64}");

    @JsonCreator
    public PlanHash {
        if (!TEXT.matcher(value).matches()) {
            throw new InvalidTerm("'%s' is not a plan's hash.".formatted(Words.printable(value)));
        }
    }

    static PlanHash ofCanonical(String canonicalText) {
        return new PlanHash(Fingerprint.hex(canonicalText));
    }

    @Override
    public String toString() {
        return value;
    }
}
