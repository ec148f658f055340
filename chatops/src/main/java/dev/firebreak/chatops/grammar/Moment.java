package dev.firebreak.chatops.grammar;

import dev.firebreak.eventlog.term.InvalidTerm;
import dev.firebreak.eventlog.term.Ttl;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/// A point in the past as people type it: an instant with its zone, `now`, or how long ago (`2h`).
public sealed interface Moment {

    /// Of four digits; further out nothing can be counted.
    int LAST_YEAR = 9_998;

    record At(Instant instant) implements Moment {}

    record Ago(Duration duration) implements Moment {}

    static Moment now() {
        return new Ago(Duration.ZERO);
    }

    default Instant seenFrom(Instant now) {
        return switch (this) {
            case At(var instant) -> instant;
            case Ago(var duration) -> now.minus(duration);
        };
    }

    static Moment parse(String text) {
        if ("now".equals(text)) {
            return now();
        }
        try {
            var at = OffsetDateTime.parse(text);
            if (at.getYear() < 1 || at.getYear() > LAST_YEAR) {
                throw invalid(text);
            }
            return new At(at.toInstant());
        } catch (DateTimeParseException _) {
            return ago(text);
        }
    }

    private static Moment ago(String text) {
        try {
            return new Ago(Ttl.parse(text).duration());
        } catch (InvalidTerm _) {
            throw invalid(text);
        }
    }

    private static InvalidTerm invalid(String text) {
        return new InvalidTerm(
                "'%s' is not a moment: write it with its zone, like 2026-11-23T08:15:00Z, or how long ago, like 2h."
                        .formatted(Echo.of(text)));
    }
}
