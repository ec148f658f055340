package dev.firebreak.eventlog.log;

import java.sql.Connection;
import java.sql.SQLException;

/// Where a publisher is, kept beside the log, and the lock under which one replica publishes. The
/// lock lives as long as the connection.
final class PublisherPosition {

    private final Connection connection;
    private final String publisher;

    PublisherPosition(Connection connection, String publisher) {
        this.connection = connection;
        this.publisher = publisher;
    }

    boolean tryLock() throws SQLException {
        try (var lock =
                connection.prepareStatement(
                        "SELECT pg_try_advisory_lock(hashtextextended('firebreak ' || ?, 0))")) {
            lock.setString(1, publisher);
            try (var row = lock.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    long read() throws SQLException {
        try (var query =
                connection.prepareStatement(
                        "SELECT position FROM log.publisher_position WHERE publisher = ?")) {
            query.setString(1, publisher);
            try (var row = query.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }

    void note(long position) throws SQLException {
        var sql =
                """
                INSERT INTO log.publisher_position AS known (publisher, position) VALUES (?, ?)
                ON CONFLICT (publisher) DO UPDATE
                SET position = greatest(known.position, excluded.position), noted_at = now()
                """;
        try (var note = connection.prepareStatement(sql)) {
            note.setString(1, publisher);
            note.setLong(2, position);
            note.executeUpdate();
        }
    }
}
