package dev.firebreak.eventlog.log;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// Reads on in pages as far as somebody asks, holding one page at a time and no connection.
final class Pages implements Iterator<StoredEvent> {

    private final LongFunction<List<StoredEvent>> after;
    private final ToLongFunction<StoredEvent> place;
    private final Queue<StoredEvent> page = new ArrayDeque<>();
    private long last;
    private boolean ended;

    private Pages(
            long start, ToLongFunction<StoredEvent> place, LongFunction<List<StoredEvent>> after) {
        this.last = start;
        this.place = place;
        this.after = after;
    }

    /// `after` gives the rows behind a place; an empty page or a short one is the end.
    static Stream<StoredEvent> of(
            long start, ToLongFunction<StoredEvent> place, LongFunction<List<StoredEvent>> after) {
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(
                        new Pages(start, place, after), Spliterator.ORDERED | Spliterator.NONNULL),
                false);
    }

    @Override
    public boolean hasNext() {
        if (page.isEmpty() && !ended) {
            var next = after.apply(last);
            page.addAll(next);
            ended = next.size() < PostgresLog.MAX_EVENTS;
        }
        return !page.isEmpty();
    }

    @Override
    public StoredEvent next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        var row = page.remove();
        last = place.applyAsLong(row);
        return row;
    }
}
