package dev.firebreak.chatops.slack;

import dev.firebreak.eventlog.term.ContainmentId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Which card is due when. Pure: the caller brings the time.
///
/// Only that a card has changed is kept, never to what, so the last state wins; changes while it
/// rests or fails are one change.
final class CardQueue {

    /// How patient it is.
    record Pace(
            Duration settle, Duration rest, Duration firstRetry, Duration lastRetry, int attempts) {

        /// Slack takes about one message a second in a channel; first changes come in bursts.
        static final Pace SLACK =
                new Pace(
                        Duration.ofMillis(400),
                        Duration.ofMillis(1_500),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(60),
                        30);
    }

    /// A card to be shown as of `position` of the log or later.
    record Due(ContainmentId containment, long position) {}

    static final int MAX_WAITING = 10_000;

    private static final int MAX_RECENT = 1_000;

    private record Waiting(long position, Instant at, int failures) {}

    private final Pace pace;
    private final Map<ContainmentId, Waiting> waiting = new LinkedHashMap<>();
    private final Map<ContainmentId, Instant> recent =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<ContainmentId, Instant> eldest) {
                    return size() > MAX_RECENT;
                }
            };
    private Instant quietUntil = Instant.EPOCH;

    CardQueue(Pace pace) {
        this.pace = pace;
    }

    /// Notes that it changed; false when there is no room to note it.
    boolean changed(ContainmentId id, long position, Instant now) {
        var known = waiting.get(id);
        if (known == null && waiting.size() >= MAX_WAITING) {
            return false;
        }
        waiting.put(
                id,
                known == null
                        ? new Waiting(position, firstDue(id, now), 0)
                        : new Waiting(
                                Math.max(position, known.position), known.at, known.failures));
        return true;
    }

    private Instant firstDue(ContainmentId id, Instant now) {
        var settled = now.plus(pace.settle);
        var rested = recent.getOrDefault(id, Instant.EPOCH).plus(pace.rest);
        return settled.isAfter(rested) ? settled : rested;
    }

    Optional<Due> next(Instant now) {
        return now.isBefore(quietUntil)
                ? Optional.empty()
                : waiting.entrySet().stream()
                        .filter(each -> !each.getValue().at.isAfter(now))
                        .min(Comparator.comparing(each -> each.getValue().at))
                        .map(each -> new Due(each.getKey(), each.getValue().position));
    }

    /// When to look again, if anything waits at all.
    Optional<Instant> wakeUp() {
        return waiting.values().stream()
                .map(Waiting::at)
                .min(Comparator.naturalOrder())
                .map(at -> at.isAfter(quietUntil) ? at : quietUntil);
    }

    /// Slack shows it as of `due`; what came meanwhile is shown after a rest.
    void shown(Due due, Instant now) {
        recent.put(due.containment, now);
        var known = waiting.remove(due.containment);
        if (known != null && known.position > due.position) {
            waiting.put(due.containment, new Waiting(known.position, now.plus(pace.rest), 0));
        }
    }

    /// It could not be shown; true when it will be tried again, false when it waits for its next
    /// change.
    boolean failed(Due due, Instant now) {
        var known = waiting.get(due.containment);
        if (known == null || known.failures + 1 >= pace.attempts) {
            waiting.remove(due.containment);
            return false;
        }
        var retry = pace.firstRetry.multipliedBy(1L << Math.min(known.failures, 20));
        var rest = retry.compareTo(pace.lastRetry) > 0 ? pace.lastRetry : retry;
        waiting.put(
                due.containment, new Waiting(known.position, now.plus(rest), known.failures + 1));
        return true;
    }

    /// It will never work as things are.
    void dropped(Due due) {
        waiting.remove(due.containment);
    }

    /// Slack wants to be left alone.
    void quiet(Instant until) {
        quietUntil = until.isAfter(quietUntil) ? until : quietUntil;
    }

    int size() {
        return waiting.size();
    }
}
