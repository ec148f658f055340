package dev.firebreak.queryside.timeline;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Times as people at night read them on the day itself, always in UTC and saying so. What is read
/// on another day is said by [dev.firebreak.eventlog.term.Phrases].
public final class Times {
    private static final Duration SECONDS_MATTER_BELOW = Duration.ofMinutes(2);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY_AND_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private Times() {}

    /// `03:40 UTC`, with the date when that is not today.
    public static String time(Instant at, Instant now) {
        var sameDay =
                at.atZone(ZoneOffset.UTC)
                        .toLocalDate()
                        .equals(now.atZone(ZoneOffset.UTC).toLocalDate());
        return (sameDay ? TIME : DAY_AND_TIME).format(at);
    }

    /// `03:40 UTC (12 min left)`.
    public static String until(Instant end, Instant now) {
        return "%s (%s left)".formatted(time(end, now), span(Duration.between(now, end)));
    }

    /// `45 s`, `12 min`, `2 h 5 min`: cut off and never rounded up, so that nobody counts on time
    /// that is not there.
    public static String span(Duration duration) {
        var length = duration.isNegative() ? Duration.ZERO : duration;
        if (length.compareTo(SECONDS_MATTER_BELOW) < 0) {
            return length.toSeconds() + " s";
        }
        var minutes = length.toMinutesPart();
        if (length.toHours() == 0) {
            return minutes + " min";
        }
        return length.toHours() + " h" + (minutes == 0 ? "" : " " + minutes + " min");
    }
}
