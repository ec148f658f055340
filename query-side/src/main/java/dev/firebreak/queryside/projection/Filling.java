package dev.firebreak.queryside.projection;

import dev.firebreak.eventlog.log.LogEntry;
import dev.firebreak.eventlog.log.UnreadableEvent;
import dev.firebreak.queryside.projection.ProjectionRow.State;
import java.util.List;
import java.util.Optional;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings one generation further: a batch of entries and the position that it reaches are one
/// transaction, so that it counts once, however often it is delivered and wherever it breaks off.
///
/// A single entry that cannot be projected is parked with the reason, and the rest goes on. When
/// that happens to [#MAX_PARKED] it is no longer the entries that are wrong but we, and it stops.
final class Filling {
    static final int MAX_PARKED = 100;

    private static final Logger LOG = LoggerFactory.getLogger(Filling.class);

    private final Storage storage;
    private final int version;
    private final List<Projection> projections;
    private final State state;
    private final Memory memory = new Memory();
    private int parked;

    Filling(Storage storage, int version, List<Projection> projections, State state) {
        this.storage = storage;
        this.version = version;
        this.projections = List.copyOf(projections);
        this.state = state;
    }

    /// @throws ViewsUnavailable when the database does not answer; nothing was taken then
    /// @throws MissingEntries when these are not the next
    synchronized void take(List<LogEntry> entries) {
        try {
            fill(entries);
        } catch (ViewsUnavailable | MissingEntries failed) {
            throw failed;
        } catch (RuntimeException broken) {
            takeEach(entries, broken);
        }
    }

    private void takeEach(List<LogEntry> entries, RuntimeException first) {
        if (entries.size() == 1) {
            park(entries.getFirst(), first);
            return;
        }
        for (var entry : entries) {
            take(List.of(entry));
        }
    }

    /// Entries that the generation has are passed by; so is everything once a newer release filled
    /// it, for this one does not know how to, and when it is no longer there to be filled.
    private void fill(List<LogEntry> entries) {
        var taken = false;
        try {
            storage.write(session -> fill(session, entries))
                    .ifPresent(batch -> batch.remember(entries.getLast().position()));
            taken = true;
        } finally {
            if (!taken) {
                memory.forget();
            }
        }
    }

    private Optional<Batch> fill(StatelessSession session, List<LogEntry> entries) {
        var row = row(session);
        if (row == null || row.version > version) {
            return Optional.empty();
        }
        var news = entries.stream().filter(entry -> entry.position() > row.position).toList();
        if (news.isEmpty()) {
            return Optional.empty();
        }
        if (news.getFirst().position() != row.position + 1) {
            throw new MissingEntries(row.position, news.getFirst().position());
        }
        memory.recall(row.generation, row.position);
        var batch = new Batch(session, row.generation, memory);
        news.forEach(entry -> apply(entry, batch));
        batch.write();
        row.position = news.getLast().position();
        session.update(row);
        return Optional.of(batch);
    }

    private void apply(LogEntry entry, Batch batch) {
        if (entry.event() instanceof UnreadableEvent unreadable) {
            var key = new ParkedRow.Key(batch.generation(), entry.position());
            batch.append(new ParkedRow(key, unreadable.stream(), unreadable.why()));
        }
        projections.forEach(projection -> projection.apply(entry, batch));
    }

    private void park(LogEntry entry, RuntimeException because) {
        if (++parked > MAX_PARKED) {
            throw new IllegalStateException(
                    "views stopped at position %d: more than %d entries could not be projected"
                            .formatted(entry.position(), MAX_PARKED),
                    because);
        }
        LOG.error("view entry parked position={}", entry.position(), because);
        storage.write(session -> park(session, entry, because));
    }

    private boolean park(StatelessSession session, LogEntry entry, RuntimeException because) {
        var row = row(session);
        if (row == null || row.position != entry.position() - 1) {
            return false;
        }
        var key = new ParkedRow.Key(row.generation, entry.position());
        session.insert(new ParkedRow(key, entry.event().stream(), String.valueOf(because)));
        row.position = entry.position();
        session.update(row);
        return true;
    }

    private @Nullable ProjectionRow row(StatelessSession session) { // null: there is none to fill
        return state == State.SERVING
                ? Locked.served(session)
                : Locked.row(session, state).orElse(null);
    }
}
