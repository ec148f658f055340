package dev.firebreak.eventlog.log;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/// Inserts rows in one statement: all of them, or none when another was faster at their positions.
final class InsertStatement implements AutoCloseable {

    private static final String SQL =
            """
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
            """;

    private final Connection connection;
    private final PreparedStatement statement;
    private final InsertOne one;

    InsertStatement(Connection connection) throws SQLException {
        this.connection = connection;
        this.statement = connection.prepareStatement(SQL);
        this.one = new InsertOne(connection);
    }

    void insert(List<StoredEvent> rows) throws SQLException {
        if (rows.size() == 1) {
            one.insert(rows.getFirst());
        } else {
            insertAll(rows);
        }
    }

    @Override
    public void close() throws SQLException {
        one.close();
        statement.close();
    }

    private void insertAll(List<StoredEvent> rows) throws SQLException {
        longs(1, rows, StoredEvent::position);
        texts(2, "uuid", rows, row -> row.id().toString());
        texts(3, "text", rows, StoredEvent::stream);
        longs(4, rows, StoredEvent::sequence);
        texts(5, "text", rows, row -> row.name().name());
        statement.setArray(
                6,
                connection.createArrayOf(
                        "int4",
                        rows.stream().map(row -> row.name().revision()).toArray(Integer[]::new)));
        blobs(7, rows, StoredEvent::payload);
        longs(8, rows, StoredEvent::validAt);
        longs(9, rows, StoredEvent::recordedAt);
        texts(10, "text", rows, StoredEvent::actor);
        texts(11, "text", rows, StoredEvent::surface);
        texts(12, "uuid", rows, row -> row.correlation().toString());
        texts(13, "uuid", rows, row -> row.causation().toString());
        texts(14, "text", rows, StoredEvent::commandKey);
        blobs(15, rows, StoredEvent::hash);
        statement.executeUpdate();
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
