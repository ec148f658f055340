package dev.firebreak.eventlog.term;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/// How times, spans and lists are said in sentences, the same everywhere.
public final class Phrases {

    private static final int MAX_LISTED = 5;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private Phrases() {}

    /// With its date, since incidents outlast days, and in UTC, since responders sit anywhere.
    public static String time(Instant at) {
        return TIME.format(at);
    }

    /// `1h30m`, as it is typed; a fraction of a second counts as a whole one.
    public static String span(Duration span) {
        var seconds = Math.max(0, span.plusNanos(999_999_999).toSeconds());
        var text = new StringBuilder();
        unit(text, seconds / 86_400, 'd');
        unit(text, seconds / 3_600 % 24, 'h');
        unit(text, seconds / 60 % 60, 'm');
        unit(text, seconds % 60, 's');
        return text.isEmpty() ? "0s" : text.toString();
    }

    /// The first few, and how many more there are.
    public static String list(Collection<?> things) {
        var named =
                things.stream()
                        .limit(MAX_LISTED)
                        .map(Object::toString)
                        .collect(Collectors.joining(", "));
        var more = things.size() - MAX_LISTED;
        return more > 0 ? named + " and " + more + " more" : named;
    }

    private static void unit(StringBuilder text, long amount, char unit) {
        if (amount > 0) {
            text.append(amount).append(unit);
        }
    }
}
