package dev.firebreak.eventlog.log;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/// Opens the log's own connections, each with limits so that neither side waits for ever.
final class LogConnections {

    /// The server gives up a statement of ours after this long, and a lock that it waits for.
    static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(10);

    /// We give up a server that says nothing for this long; longer, so that the server speaks
    /// first.
    static final Duration NETWORK_TIMEOUT = Duration.ofSeconds(15);

    /// A replica that stops between taking its turn and its commit loses the turn.
    static final Duration IDLE_IN_TRANSACTION = Duration.ofSeconds(5);

    /// By this name replicas count each other.
    static final String LISTENER = "firebreak log listener";

    private final DataSource source;

    LogConnections(DataSource source) {
        this.source = source;
    }

    /// For appending: fails rather than waits, and sees what others committed.
    Connection forAppending() throws SQLException {
        return prepared("firebreak log appender", STATEMENT_TIMEOUT);
    }

    Connection forReading() throws SQLException {
        return prepared("firebreak log reader", STATEMENT_TIMEOUT);
    }

    /// For one pass over everything, however long the log.
    Connection forScanning() throws SQLException {
        return prepared("firebreak log scan", Duration.ZERO);
    }

    Connection forListening() throws SQLException {
        return prepared(LISTENER, STATEMENT_TIMEOUT);
    }

    Connection forPublishing() throws SQLException {
        return prepared("firebreak log publisher", STATEMENT_TIMEOUT);
    }

    private Connection prepared(String purpose, Duration statementTimeout) throws SQLException {
        var connection = source.getConnection();
        try {
            connection.setNetworkTimeout(Runnable::run, (int) NETWORK_TIMEOUT.toMillis());
            limit(connection, purpose, statementTimeout);
            return connection;
        } catch (SQLException failed) {
            closeQuietly(connection, failed);
            throw failed;
        }
    }

    /// The generic plan is always right for our few statements; planning an append anew for each
    /// length of its arrays would double what it costs.
    private static void limit(Connection connection, String purpose, Duration statementTimeout)
            throws SQLException {
        var sql =
                """
                SELECT set_config('application_name', ?, false),
                       set_config('statement_timeout', ?, false),
                       set_config('lock_timeout', ?, false),
                       set_config('idle_in_transaction_session_timeout', ?, false),
                       set_config('default_transaction_isolation', 'read committed', false),
                       set_config('plan_cache_mode', 'force_generic_plan', false)
                """;
        try (var set = connection.prepareStatement(sql)) {
            set.setString(1, purpose);
            set.setString(2, Long.toString(statementTimeout.toMillis()));
            set.setString(3, Long.toString(STATEMENT_TIMEOUT.toMillis()));
            set.setString(4, Long.toString(IDLE_IN_TRANSACTION.toMillis()));
            set.execute();
        }
    }

    /// A connection that failed already is closed for good measure; what that says adds nothing.
    static void closeQuietly(Connection connection, Exception because) {
        try {
            connection.close();
        } catch (SQLException alsoFailed) {
            because.addSuppressed(alsoFailed);
        }
    }
}
