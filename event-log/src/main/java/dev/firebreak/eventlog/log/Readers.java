package dev.firebreak.eventlog.log;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// A few connections for reading, opened when needed and kept.
final class Readers implements AutoCloseable {

    static final int MAX_CONNECTIONS = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final LogConnections connections;
    private final Semaphore free = new Semaphore(MAX_CONNECTIONS);
    private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    Readers(LogConnections connections) {
        this.connections = connections;
    }

    interface Reading<T> {
        T on(Connection connection) throws SQLException;
    }

    /// @throws LogUnavailable when the database does not answer
    <T> T read(Reading<T> reading) {
        try {
            if (!free.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw unavailable(new SQLException("all reading connections are busy"));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw unavailable(interrupted);
        }
        try {
            return attempt(reading);
        } catch (SQLException failed) {
            throw unavailable(failed);
        } finally {
            free.release();
        }
    }

    @Override
    public void close() {
        closed = true;
        for (var connection = idle.poll(); connection != null; connection = idle.poll()) {
            LogConnections.closeQuietly(connection, new IllegalStateException("closed"));
        }
    }

    /// A kept connection may have died since, so a first failure is answered by a fresh one.
    private <T> T attempt(Reading<T> reading) throws SQLException {
        var kept = idle.poll();
        if (kept != null) {
            try {
                return giveBack(kept, reading.on(kept));
            } catch (SQLException failed) {
                LogConnections.closeQuietly(kept, failed);
            }
        }
        var fresh = connections.forReading();
        try {
            return giveBack(fresh, reading.on(fresh));
        } catch (SQLException failed) {
            LogConnections.closeQuietly(fresh, failed);
            throw failed;
        }
    }

    private <T> T giveBack(Connection connection, T result) throws SQLException {
        if (closed) {
            connection.close();
        } else {
            idle.push(connection);
        }
        return result;
    }

    private static LogUnavailable unavailable(Exception cause) {
        return LogUnavailable.nothingAppended(
                "The log cannot be read: the database does not answer. Try again in a moment.",
                cause);
    }
}
