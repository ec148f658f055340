package dev.firebreak.eventlog.log;

import dev.firebreak.eventlog.term.ResponderName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Writes at the head of the log, over one connection, for one thread at a time.
///
/// It believes to know where the log ends and takes the positions behind. Each position is taken
/// once, and only by who knows the event before it to be committed: so there are no gaps, and
/// whoever reads a position has all before it. Who finds another there tries again, for a while in
/// turns with all others who do.
final class HeadWriter {

    /// After a lost race the other replica is likely to append again soon.
    private static final int TURNS_AFTER_A_RACE = 8;

    /// So often in one turn somebody who takes none may be faster.
    private static final int MAX_RACES = 10;

    private final LogConnections connections;
    private final InstantSource clock;

    /// None until it is needed, and after it was lost.
    private @Nullable Session session;

    private int turns;

    HeadWriter(LogConnections connections, InstantSource clock) {
        this.connections = connections;
        this.clock = clock;
    }

    /// Appends all or throws. When the connection is lost on the way, only [#settle] can tell.
    List<StoredEvent> append(List<PreparedEvent> events) throws SQLException {
        var at = connected();
        if (turns > 0) {
            turns--;
            return appendInTurn(at, events);
        }
        try {
            var rows = chained(at.head, events);
            at.insert.insert(rows);
            at.head = rows.getLast().head();
            return rows;
        } catch (SQLException failed) {
            if (!Failure.isRace(failed)) {
                throw failed;
            }
        }
        turns = TURNS_AFTER_A_RACE;
        return appendInTurn(at, events);
    }

    /// After a doubt: appends unless it had been appended. What became of a forgotten statement of
    /// the lost connection shows at the position that both want: only one of them gets it.
    Settled settle(List<PreparedEvent> events) throws SQLException {
        var at = connected();
        try (var transaction = new Transaction(at.connection)) {
            Queries.takeTurn(at.connection);
            at.head = Queries.head(at.connection);
            var ids = events.stream().map(event -> event.id).toList();
            var found = Queries.known(at.connection, ids);
            if (found.size() == ids.size()) {
                transaction.commit();
                return new Settled.Found(found);
            }
            return new Settled.Appended(appendAt(at, events, transaction));
        }
    }

    /// What [#settle] came to.
    sealed interface Settled {
        record Appended(List<StoredEvent> rows) implements Settled {}

        record Found(List<Known> events) implements Settled {}
    }

    List<Known> known(List<UUID> ids) throws SQLException {
        return Queries.known(connected().connection, ids);
    }

    Optional<KeyUse> key(ResponderName by, String commandKey) throws SQLException {
        return Queries.key(connected().connection, by, commandKey);
    }

    boolean isConnected() {
        return session != null;
    }

    /// Forgets a connection on which something went wrong, so that the next one starts afresh.
    void disconnect(Exception because) {
        if (session != null) {
            LogConnections.closeQuietly(session.connection, because);
            session = null;
        }
    }

    /// Whether the server still answers, so that what it said about the last statement holds.
    boolean isAlive() {
        try {
            return session != null && session.connection.isValid(1);
        } catch (SQLException _) {
            return false;
        }
    }

    private List<StoredEvent> appendInTurn(Session at, List<PreparedEvent> events)
            throws SQLException {
        for (var race = 1; ; race++) {
            try (var transaction = new Transaction(at.connection)) {
                Queries.takeTurn(at.connection);
                at.head = Queries.head(at.connection);
                return appendAt(at, events, transaction);
            } catch (SQLException failed) {
                if (!Failure.isRace(failed) || race == MAX_RACES) {
                    throw failed;
                }
            }
        }
    }

    private List<StoredEvent> appendAt(
            Session at, List<PreparedEvent> events, Transaction transaction) throws SQLException {
        var rows = chained(at.head, events);
        at.insert.insert(rows);
        transaction.commit();
        at.head = rows.getLast().head();
        return rows;
    }

    private List<StoredEvent> chained(Head head, List<PreparedEvent> events) {
        var recordedAt = clock.instant();
        var rows = new ArrayList<StoredEvent>(events.size());
        var end = head;
        for (var event : events) {
            var row = StoredEvent.after(end, event, recordedAt);
            rows.add(row);
            end = row.head();
        }
        return rows;
    }

    private Session connected() throws SQLException {
        if (session == null) {
            session = open();
        }
        return session;
    }

    private Session open() throws SQLException {
        var connection = connections.forAppending();
        try {
            return new Session(
                    connection, new InsertStatement(connection), Queries.head(connection));
        } catch (SQLException failed) {
            LogConnections.closeQuietly(connection, failed);
            throw failed;
        }
    }

    /// A connection, its statement, and where the log ended when we last looked.
    private static final class Session {
        final Connection connection;
        final InsertStatement insert;
        Head head;

        Session(Connection connection, InsertStatement insert, Head head) {
            this.connection = connection;
            this.insert = insert;
            this.head = head;
        }
    }
}
