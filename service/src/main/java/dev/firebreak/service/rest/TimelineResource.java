package dev.firebreak.service.rest;

import dev.firebreak.eventlog.log.PostgresLog;
import dev.firebreak.eventlog.term.InvalidTerm;
import dev.firebreak.queryside.replay.Replay;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What happened, and what was denied at any past instant: folded from the log alone.
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
public class TimelineResource {

    private static final Duration USUAL_SPAN = Duration.ofHours(24);

    /// Years of four digits; further out nothing can be counted, nor asked of PostgreSQL.
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private final Replay replay;
    private final Clock clock;

    TimelineResource(PostgresLog log, Clock clock) {
        this.replay = new Replay(log);
        this.clock = clock;
    }

    /// The last 24 hours unless told otherwise; the next page starts behind the greatest position
    /// of this one, and an empty one is the end. With `folded`, what repeats itself is one line.
    @GET
    @Path("/timeline")
    public Object timeline(
            @QueryParam("from") @Nullable String from, // absent: 24 hours before `until`
            @QueryParam("until") @Nullable String until, // absent: now
            @QueryParam("after") @DefaultValue("0") long after,
            @QueryParam("limit") @DefaultValue("1000") int limit,
            @QueryParam("folded") @DefaultValue("false") boolean folded) {
        var last = instant(until, "until", clock.instant());
        var first = instant(from, "from", last.minus(USUAL_SPAN));
        return folded
                ? replay.folded(first, last, after, limit)
                : replay.timeline(first, last, after, limit);
    }

    @GET
    @Path("/replay")
    public Object activeAt(@QueryParam("at") @Nullable String at) { // absent: now
        return replay.activeAt(instant(at, "at", clock.instant()));
    }

    private static Instant instant(@Nullable String text, String name, Instant otherwise) {
        return text == null
                ? otherwise
                : parsed(text)
                        .filter(at -> !at.isBefore(EARLIEST) && !at.isAfter(LATEST))
                        .orElseThrow(() ->
                                new InvalidTerm(
                                        "'%s' is an instant in UTC, like 2026-11-23T03:12:00Z."
                                                .formatted(name)));
    }

    private static Optional<Instant> parsed(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }
}
