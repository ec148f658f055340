package dev.firebreak.eventlog.log;

import java.util.List;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;

/// Reads the log by position or by stream: its newest part from memory where this process wrote it
/// itself, all else from the database.
final class LogReader {

    private final Readers readers;
    private final RecentEntries recent = new RecentEntries();
    private final Parked parked = new Parked();
    private final EventJson json = new EventJson(Upcasters.PRESENT);

    LogReader(Readers readers) {
        this.readers = readers;
    }

    void remember(List<LogEntry> appended) {
        recent.add(appended);
    }

    /// Fewer than `limit` only at the end of the log.
    List<LogEntry> read(long after, int limit) {
        var bounded = Math.clamp(limit, 1, PostgresLog.MAX_EVENTS);
        var known = recent.after(after, bounded);
        return known.size() == bounded ? known : entries(rows(after, bounded));
    }

    /// As many as are at hand, none only at the end of the log: whoever keeps up with what this
    /// process appends never asks the database.
    List<LogEntry> next(long after, int limit) {
        var known = recent.after(after, limit);
        return known.isEmpty() ? entries(rows(after, limit)) : known;
    }

    List<LogEntry> stream(String stream, long after) {
        return entries(
                readers.read(connection ->
                        Queries.stream(connection, stream, after, PostgresLog.MAX_EVENTS)));
    }

    List<LogEntry> mentions(List<String> streams, String text, long after) {
        return entries(
                readers.read(connection ->
                        Queries.mentions(
                                connection, streams, text, after, PostgresLog.MAX_EVENTS)));
    }

    List<StoredEvent> rows(long after, int limit) {
        return readers.read(connection -> Queries.after(connection, after, limit));
    }

    Stream<TrackedEventMessage<?>> tracked(long start) {
        return Pages.of(start, StoredEvent::position, after -> rows(after, PostgresLog.MAX_EVENTS))
                .map(row -> AxonEvents.tracked(row, parked.seen(row.entry(json))));
    }

    Stream<DomainEventMessage<?>> domain(String stream, long firstSequence) {
        return Pages.of(
                        firstSequence - 1,
                        StoredEvent::sequence,
                        last -> sequence(stream, last + 1))
                .map(row -> AxonEvents.domain(row, json));
    }

    int unreadable() {
        return parked.count();
    }

    private List<StoredEvent> sequence(String stream, long first) {
        return readers.read(
                connection -> Queries.sequence(connection, stream, first, PostgresLog.MAX_EVENTS));
    }

    private List<LogEntry> entries(List<StoredEvent> rows) {
        return rows.stream().map(row -> parked.seen(row.entry(json))).toList();
    }
}
