package dev.firebreak.eventlog.log;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/// Moves the head and inserts rows in one statement, or does nothing when the head is elsewhere.
final class InsertStatement implements AutoCloseable {

    private static final String SQL =
            """
            WITH moved AS (
                UPDATE log.head SET position = ?, hash = ?
                WHERE position = ? AND hash = ?
                RETURNING 1
            )
            INSERT INTO log.event
                (position, id, stream, sequence, name, revision, payload, valid_at, recorded_at,
                 actor, surface, correlation, causation, command_key, hash)
            SELECT position, id, stream, nullif(sequence, -1), name, revision, payload,
                   'epoch'::timestamptz + valid_at * interval '1 microsecond',
                   'epoch'::timestamptz + recorded_at * interval '1 microsecond',
                   actor, surface, correlation, causation, nullif(command_key, ''), hash
            FROM unnest(?::bigint[], ?::uuid[], ?::text[], ?::bigint[], ?::text[], ?::integer[],
                        ?::bytea[], ?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::uuid[],
                        ?::uuid[], ?::text[], ?::bytea[])
                 AS row (position, id, stream, sequence, name, revision, payload, valid_at,
                         recorded_at, actor, surface, correlation, causation, command_key, hash)
            WHERE EXISTS (SELECT FROM moved)
            """;

    private final Connection connection;
    private final PreparedStatement statement;
    private final InsertOne one;

    InsertStatement(Connection connection) throws SQLException {
        this.connection = connection;
        this.statement = connection.prepareStatement(SQL);
        this.one = new InsertOne(connection);
    }

    /// False when the log does not end at `head` any more; then nothing has changed.
    boolean insert(Head head, List<StoredEvent> rows) throws SQLException {
        return rows.size() == 1 ? one.insert(head, rows.getFirst()) : insertAll(head, rows);
    }

    @Override
    public void close() throws SQLException {
        one.close();
        statement.close();
    }

    private boolean insertAll(Head head, List<StoredEvent> rows) throws SQLException {
        var last = rows.getLast();
        statement.setLong(1, last.position());
        statement.setBytes(2, last.hash().array());
        statement.setLong(3, head.position());
        statement.setBytes(4, head.hash().array());
        longs(5, rows, StoredEvent::position);
        texts(6, "uuid", rows, row -> row.id().toString());
        texts(7, "text", rows, StoredEvent::stream);
        longs(8, rows, StoredEvent::sequence);
        texts(9, "text", rows, row -> row.name().name());
        statement.setArray(
                10,
                connection.createArrayOf(
                        "int4",
                        rows.stream().map(row -> row.name().revision()).toArray(Integer[]::new)));
        blobs(11, rows, StoredEvent::payload);
        longs(12, rows, StoredEvent::validAt);
        longs(13, rows, StoredEvent::recordedAt);
        texts(14, "text", rows, StoredEvent::actor);
        texts(15, "text", rows, StoredEvent::surface);
        texts(16, "uuid", rows, row -> row.correlation().toString());
        texts(17, "uuid", rows, row -> row.causation().toString());
        texts(18, "text", rows, StoredEvent::commandKey);
        blobs(19, rows, StoredEvent::hash);
        var inserted = statement.executeUpdate();
        if (inserted != 0 && inserted != rows.size()) {
            throw new IllegalStateException(
                    "%d of %d events inserted at %d"
                            .formatted(inserted, rows.size(), head.position()));
        }
        return inserted != 0;
    }

    private void longs(int index, List<StoredEvent> rows, ToLongFunction<StoredEvent> column)
            throws SQLException {
        statement.setObject(index, rows.stream().mapToLong(column).toArray());
    }

    private void texts(
            int index, String type, List<StoredEvent> rows, Function<StoredEvent, String> column)
            throws SQLException {
        statement.setArray(
                index,
                connection.createArrayOf(type, rows.stream().map(column).toArray(String[]::new)));
    }

    private void blobs(int index, List<StoredEvent> rows, Function<StoredEvent, Bytes> column)
            throws SQLException {
        statement.setObject(
                index, rows.stream().map(row -> column.apply(row).array()).toArray(byte[][]::new));
    }
}
