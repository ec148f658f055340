package dev.firebreak.eventlog.log;

import dev.firebreak.eventlog.term.ResponderName;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What is asked of the log's tables.
final class Queries {

    private static final String COLUMNS =
            """
            SELECT position, id, stream, coalesce(sequence, -1), name, revision, payload, valid_at,
                   recorded_at, actor, surface, correlation, causation, coalesce(command_key, ''),
                   hash
            FROM log.event
            """;

    /// The advisory lock of those who append; any number that nobody else takes.
    private static final long TURN = 0x6669_7265_6272_6b00L;

    private Queries() {}

    /// Where the log ends. Rows are committed in the order of their positions, so none before is
    /// still on its way.
    static Head head(Connection connection) throws SQLException {
        var sql = "SELECT position, hash FROM log.event ORDER BY position DESC LIMIT 1";
        try (var query = connection.prepareStatement(sql)) {
            return list(query, row -> new Head(row.getLong(1), new Bytes(row.getBytes(2)))).stream()
                    .findFirst()
                    .orElse(Head.EMPTY);
        }
    }

    /// What was noted last as the log's end.
    static Head checkpoint(Connection connection) throws SQLException {
        var sql = "SELECT position, hash FROM log.checkpoint";
        try (var query = connection.prepareStatement(sql)) {
            return list(query, row -> new Head(row.getLong(1), new Bytes(row.getBytes(2))))
                    .getFirst();
        }
    }

    /// Notes the present end, but only over a checkpoint that the log still bears out: what shows
    /// that the log was cut off or written anew stays. False when that is so.
    static boolean noteCheckpoint(Connection connection) throws SQLException {
        var sql =
                """
                UPDATE log.checkpoint SET position = head.position, hash = head.hash
                FROM (SELECT position, hash FROM log.event ORDER BY position DESC LIMIT 1) AS head
                WHERE checkpoint.position <= head.position
                    AND (checkpoint.position = 0
                        OR EXISTS (SELECT FROM log.event AS noted
                                   WHERE noted.position = checkpoint.position
                                       AND noted.hash = checkpoint.hash))
                """;
        try (var update = connection.prepareStatement(sql)) {
            return update.executeUpdate() > 0 || head(connection).equals(Head.EMPTY);
        }
    }

    /// Waits until all who asked for this before have committed, and then until this transaction
    /// ends everybody else waits who asks for it.
    static void takeTurn(Connection connection) throws SQLException {
        try (var turn = connection.prepareStatement("SELECT pg_advisory_xact_lock(?)")) {
            turn.setLong(1, TURN);
            turn.execute();
        }
    }

    static List<Known> known(Connection connection, List<UUID> ids) throws SQLException {
        var sql =
                """
                SELECT id, position, stream, payload FROM log.event
                WHERE id = ANY (?::uuid[]) ORDER BY position
                """;
        try (var query = connection.prepareStatement(sql)) {
            query.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
            return list(
                    query,
                    row ->
                            new Known(
                                    row.getObject(1, UUID.class),
                                    row.getLong(2),
                                    row.getString(3),
                                    new Bytes(row.getBytes(4))));
        }
    }

    static Optional<KeyUse> key(Connection connection, ResponderName by, String key)
            throws SQLException {
        var sql = "SELECT stream, position FROM log.event WHERE actor = ? AND command_key = ?";
        try (var query = connection.prepareStatement(sql)) {
            query.setString(1, by.value());
            query.setString(2, key);
            return list(query, row -> new KeyUse(by, key, row.getString(1), row.getLong(2)))
                    .stream()
                    .findFirst();
        }
    }

    static List<StoredEvent> after(Connection connection, long position, int limit)
            throws SQLException {
        var sql = COLUMNS + "WHERE position > ? ORDER BY position LIMIT ?";
        try (var query = connection.prepareStatement(sql)) {
            query.setLong(1, position);
            query.setInt(2, limit);
            return list(query, Queries::stored);
        }
    }

    /// By sequence, or by position where the stream is telemetry.
    static List<StoredEvent> stream(Connection connection, String stream, long after, int limit)
            throws SQLException {
        var sql = COLUMNS + "WHERE stream = ? AND position > ? ORDER BY position LIMIT ?";
        try (var query = connection.prepareStatement(sql)) {
            query.setString(1, stream);
            query.setLong(2, after);
            query.setInt(3, limit);
            return list(query, Queries::stored);
        }
    }

    /// Of several streams, what holds this text.
    static List<StoredEvent> mentions(
            Connection connection, List<String> streams, String text, long after, int limit)
            throws SQLException {
        var sql =
                COLUMNS
                        + """
                        WHERE stream = ANY (?) AND position > ? AND position(? IN payload) > 0
                        ORDER BY position LIMIT ?
                        """;
        try (var query = connection.prepareStatement(sql)) {
            query.setArray(1, connection.createArrayOf("text", streams.toArray()));
            query.setLong(2, after);
            query.setBytes(3, text.getBytes(StandardCharsets.UTF_8));
            query.setInt(4, limit);
            return list(query, Queries::stored);
        }
    }

    static List<StoredEvent> sequence(Connection connection, String stream, long first, int limit)
            throws SQLException {
        var sql = COLUMNS + "WHERE stream = ? AND sequence >= ? ORDER BY sequence LIMIT ?";
        try (var query = connection.prepareStatement(sql)) {
            query.setString(1, stream);
            query.setLong(2, first);
            query.setInt(3, limit);
            return list(query, Queries::stored);
        }
    }

    static Optional<Long> lastSequence(Connection connection, String stream) throws SQLException {
        var sql =
                """
                SELECT sequence FROM log.event WHERE stream = ? AND sequence >= 0
                ORDER BY sequence DESC LIMIT 1
                """;
        try (var query = connection.prepareStatement(sql)) {
            query.setString(1, stream);
            return list(query, row -> row.getLong(1)).stream().findFirst();
        }
    }

    /// The last position recorded before an instant; recorded times may step back where replicas'
    /// clocks differ, so it is the first position not before it, less one.
    static long before(Connection connection, Instant instant) throws SQLException {
        var sql =
                """
                SELECT coalesce((SELECT position - 1 FROM log.event WHERE recorded_at >= ?
                                 ORDER BY position LIMIT 1),
                                (SELECT max(position) FROM log.event),
                                0)
                """;
        try (var query = connection.prepareStatement(sql)) {
            query.setObject(1, OffsetDateTime.ofInstant(instant, ZoneOffset.UTC));
            return list(query, row -> row.getLong(1)).getFirst();
        }
    }

    static long listeners(Connection connection) throws SQLException {
        var sql =
                """
                SELECT count(*) FROM pg_stat_activity
                WHERE application_name = ? AND datname = current_database()
                """;
        try (var query = connection.prepareStatement(sql)) {
            query.setString(1, LogConnections.LISTENER);
            return list(query, row -> row.getLong(1)).getFirst();
        }
    }

    static boolean tell(Connection connection, long position) throws SQLException {
        try (var tell = connection.prepareStatement("SELECT pg_notify(?, ?)")) {
            tell.setString(1, Wakeups.CHANNEL);
            tell.setString(2, Long.toString(position));
            return tell.execute();
        }
    }

    private static StoredEvent stored(ResultSet row) throws SQLException {
        return new StoredEvent(
                row.getLong(1),
                row.getObject(2, UUID.class),
                row.getString(3),
                row.getLong(4),
                new EventName(row.getString(5), row.getInt(6)),
                new Bytes(row.getBytes(7)),
                micros(row, 8),
                micros(row, 9),
                row.getString(10),
                row.getString(11),
                row.getObject(12, UUID.class),
                row.getObject(13, UUID.class),
                row.getString(14),
                new Bytes(row.getBytes(15)));
    }

    private static long micros(ResultSet row, int column) throws SQLException {
        return StoredEvent.micros(row.getObject(column, OffsetDateTime.class).toInstant());
    }

    private interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    private static <T> List<T> list(PreparedStatement query, Row<T> each) throws SQLException {
        try (var rows = query.executeQuery()) {
            var list = new ArrayList<T>();
            while (rows.next()) {
                list.add(each.of(rows));
            }
            return list;
        }
    }
}
