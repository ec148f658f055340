package dev.firebreak.queryside.replay;

import dev.firebreak.eventlog.log.LogEntry;
import dev.firebreak.eventlog.log.PostgresLog;
import dev.firebreak.eventlog.log.UnreadableEvent;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.Scope;
import dev.firebreak.queryside.timeline.Narration;
import dev.firebreak.queryside.timeline.TimelineLine;
import dev.firebreak.segmentation.Estate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What was, folded from the log alone: the views may be late, rebuilt or wrong, the log is not.
/// Replaying has no effect on anything.
public final class Replay {
    public static final int MAX_LINES = 1_000;

    private static final int MAX_SUBJECTS = 200;

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

    /// Everything the log took from `from` on and before `until`, oldest first, behind a position;
    /// at most [#MAX_LINES] lines. Telemetry is a line a batch.
    public List<TimelineLine> timeline(Instant from, Instant until, long after, int limit) {
        var first = Math.max(after, log.positionBefore(from));
        var last = log.positionBefore(until);
        var subjects = subjects();
        return log.read(first, Math.clamp(limit, 1, MAX_LINES)).stream()
                .filter(entry -> entry.position() <= last)
                .map(entry -> Narration.line(entry, subjects))
                .toList();
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
