package dev.firebreak.queryside.timeline;

import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.queryside.projection.Looking;
import dev.firebreak.queryside.projection.Projection;
import java.time.Instant;
import java.util.List;

/// What happened, line by line, oldest first. A page holds at most [#MAX_LINES]; the next one
/// starts behind the position of its last line.
public final class TimelineViews {
    public static final int MAX_LINES = 1_000;

    private final Looking views;

    public TimelineViews(Looking views) {
        this.views = views;
    }

    public static Projection projection() {
        return new TimelineProjection();
    }

    /// The life of one containment.
    public List<TimelineLine> of(ContainmentId containment, long after, int limit) {
        return views.look((session, generation) ->
                session
                        .createSelectionQuery(
                                """
                                from TimelineRow
                                where generation = :g and containment = :c and containment <> ''
                                  and position > :after
                                order by position
                                """,
                                TimelineRow.class)
                        .setParameter("g", generation)
                        .setParameter("c", containment.value())
                        .setParameter("after", after)
                        .setMaxResults(Math.clamp(limit, 1, MAX_LINES))
                        .getResultList()
                        .stream()
                        .map(TimelineRow::line)
                        .toList());
    }

    /// What the log took from `from` on and before `until`.
    public List<TimelineLine> between(Instant from, Instant until, long after, int limit) {
        return views.look((session, generation) ->
                session
                        .createSelectionQuery(
                                """
                                from TimelineRow
                                where generation = :g and position > :after
                                  and recordedAt >= :from and recordedAt < :until
                                order by position
                                """,
                                TimelineRow.class)
                        .setParameter("g", generation)
                        .setParameter("after", after)
                        .setParameter("from", from)
                        .setParameter("until", until)
                        .setMaxResults(Math.clamp(limit, 1, MAX_LINES))
                        .getResultList()
                        .stream()
                        .map(TimelineRow::line)
                        .toList());
    }
}
