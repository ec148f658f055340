package dev.firebreak.queryside.replay;

import dev.firebreak.eventlog.log.LogEntry;
import dev.firebreak.eventlog.log.PostgresLog;
import dev.firebreak.eventlog.log.UnreadableEvent;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.Scope;
import dev.firebreak.queryside.timeline.Folding;
import dev.firebreak.queryside.timeline.Narration;
import dev.firebreak.queryside.timeline.TimelineLine;
import dev.firebreak.queryside.timeline.Told;
import dev.firebreak.segmentation.Estate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// What was, folded from the log alone: the views may be late, rebuilt or wrong, the log is not.
/// Replaying has no effect on anything.
public final class Replay {
    public static final int MAX_LINES = 1_000;

    private static final int MAX_SUBJECTS = 200;

    /// So much of the log is folded into one page of lines at most.
    private static final int MAX_PAGES_FOLDED = 20;

    /// The log keeps times in microseconds.
    private static final Duration TICK = Duration.ofNanos(1_000);

    private final PostgresLog log;

    public Replay(PostgresLog log) {
        this.log = log;
    }

    /// The life of a containment and what it denied, oldest first, behind a position; at most
    /// [#MAX_LINES] lines.
    public List<TimelineLine> timeline(ContainmentId containment, long after, int limit) {
        var subjects = subjects();
        return new Life(containment, log)
                .entries(after).stream()
                        .limit(Math.clamp(limit, 1, MAX_LINES))
                        .map(entry -> Narration.line(entry, subjects))
                        .toList();
    }

    /// The same with its din folded, see [Folding]. The next page is behind the greatest position
    /// of this one, and a page that is empty is the end.
    public List<TimelineLine> folded(ContainmentId containment, long after, int limit) {
        var life = new Life(containment, log);
        return folded(
                (position, most) -> life.entries(position).stream().limit(most).toList(),
                after,
                limit);
    }

    /// Everything the log took from `from` on and before `until`, oldest first, behind a position;
    /// at most [#MAX_LINES] lines. Telemetry is a line a batch.
    public List<TimelineLine> timeline(Instant from, Instant until, long after, int limit) {
        var subjects = subjects();
        return span(from, until).behind(after, Math.clamp(limit, 1, MAX_LINES)).stream()
                .map(entry -> Narration.line(entry, subjects))
                .toList();
    }

    /// The same with its din folded; its pages are as those of a containment.
    public List<TimelineLine> folded(Instant from, Instant until, long after, int limit) {
        return folded(span(from, until), after, limit);
    }

    /// Entries in order, a bounded number of them.
    private interface Pages {
        List<LogEntry> behind(long position, int limit);
    }

    private Pages span(Instant from, Instant until) {
        var first = log.positionBefore(from);
        var last = log.positionBefore(until);
        return (position, limit) ->
                log.read(Math.max(position, first), limit).stream()
                        .filter(entry -> entry.position() <= last)
                        .toList();
    }

    private List<TimelineLine> folded(Pages pages, long after, int limit) {
        var most = Math.clamp(limit, 1, MAX_LINES);
        var rows = List.<Told>of();
        var position = after;
        for (var page = 0; page < MAX_PAGES_FOLDED && rows.size() < most; page++) {
            var entries = pages.behind(position, most - rows.size());
            if (entries.isEmpty()) {
                break;
            }
            position = entries.getLast().position();
            rows =
                    Folding.fold(
                            Stream.concat(rows.stream(), entries.stream().map(Told::once))
                                    .toList());
        }
        var subjects = subjects();
        return rows.stream().map(row -> Narration.line(row, subjects)).toList();
    }

    /// Whom a containment is about, looked up once each and for a bounded number of them.
    private Function<ContainmentId, Optional<Scope>> subjects() {
        var known = new HashMap<ContainmentId, Optional<Scope>>();
        return id ->
                known.containsKey(id) || known.size() < MAX_SUBJECTS
                        ? known.computeIfAbsent(id, each -> new Life(each, log).subject())
                        : Optional.empty();
    }

    /// The denies that were active at an instant, by what the log held at that instant.
    public ActiveDenies activeAt(Instant at) {
        var last = log.positionBefore(at.plus(TICK));
        var estate = new Estate();
        var unreadable = 0L;
        while (estate.position() < last) {
            for (var entry : page(estate.position(), last)) {
                unreadable += entry.event() instanceof UnreadableEvent ? 1 : 0;
                estate.apply(entry);
            }
        }
        return new ActiveDenies(at, last, unreadable, new Recollection(estate, at).denies());
    }

    private List<LogEntry> page(long after, long last) {
        var limit = (int) Math.min(PostgresLog.MAX_EVENTS, last - after);
        var entries = log.read(after, limit);
        if (entries.isEmpty()) {
            throw new IllegalStateException(
                    "the log ends at %d and had %d entries a moment ago".formatted(after, last));
        }
        return entries;
    }
}
