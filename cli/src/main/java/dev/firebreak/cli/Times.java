package dev.firebreak.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/// Instants as people read them: in UTC, in this terminal's zone, and how far away.
record Times(InstantSource clock, ZoneId zone) {

    private static final String NONE = "-";

    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("HH:mm:ss zzz");

    /// `2026-11-23 08:45:00Z (09:45:00 CET)`, or a dash when there is none.
    String both(JsonNode at) {
        return instant(at).map(this::both).orElse(NONE);
    }

    /// Where this terminal's zone is UTC anyway, once is enough.
    private String both(Instant known) {
        return zone.getRules().getOffset(known).equals(ZoneOffset.UTC)
                ? UTC.format(known)
                : "%s (%s)".formatted(UTC.format(known), LOCAL.format(known.atZone(zone)));
    }

    String utc(JsonNode at) {
        return instant(at).map(UTC::format).orElse(NONE);
    }

    /// `in 27m 10s`, `3s ago`, or a dash.
    String away(JsonNode at) {
        return instant(at)
                .map(known -> Duration.between(clock.instant(), known))
                .map(span -> span.isNegative() ? text(span.negated()) + " ago" : "in " + text(span))
                .orElse(NONE);
    }

    static String text(Duration span) {
        var seconds = span.toSeconds();
        if (seconds >= 86_400) {
            return "%dd %dh".formatted(span.toDays(), span.toHoursPart());
        }
        if (seconds >= 3_600) {
            return "%dh %dm".formatted(span.toHours(), span.toMinutesPart());
        }
        return seconds >= 60
                ? "%dm %ds".formatted(span.toMinutes(), span.toSecondsPart())
                : "%ds".formatted(seconds);
    }

    static Optional<Instant> instant(JsonNode at) {
        try {
            return at.isTextual()
                    ? Optional.of(OffsetDateTime.parse(at.asText()).toInstant())
                    : Optional.empty();
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
