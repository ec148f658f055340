package dev.firebreak.queryside.projection;

import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import javax.sql.DataSource;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.exception.JDBCConnectionException;
import org.hibernate.jpa.HibernatePersistenceConfiguration;
import org.hibernate.tool.schema.Action;

/// The views' own Hibernate over a given data source: no container, no schema tooling, transactions
/// of our own.
final class Storage implements AutoCloseable {
    /// The oldest PostgreSQL whose SQL may be spoken.
    private static final int OLDEST = 14;

    private static final int JDBC_BATCH = 500;
    private static final Duration READ_WITHIN = Duration.ofSeconds(10);
    private static final Duration WRITE_WITHIN = Duration.ofSeconds(60);

    /// A server that answers that much after a limit hangs.
    private static final Duration TOO_LATE = Duration.ofSeconds(2);

    /// What PostgreSQL says when waiting and trying again helps: connections, resources, shutting
    /// down, deadlocks and locks not had in time.
    private static final Set<String> PASSING = Set.of("08", "40", "53", "55", "57");

    private final SessionFactory sessions;

    private Storage(SessionFactory sessions) {
        this.sessions = sessions;
    }

    static Storage open(DataSource source, List<Class<?>> rows) {
        var configuration =
                new HibernatePersistenceConfiguration("views")
                        .managedClasses(rows)
                        .schemaToolingAction(Action.NONE);
        configuration.property(AvailableSettings.JAKARTA_NON_JTA_DATASOURCE, source);
        // Nothing to be found out from XML, from validators or from the database, which may be
        // away.
        configuration.property(AvailableSettings.XML_MAPPING_ENABLED, false);
        configuration.property(AvailableSettings.JAKARTA_VALIDATION_MODE, "none");
        configuration.property(AvailableSettings.ALLOW_METADATA_ON_BOOT, false);
        configuration.property(AvailableSettings.JAKARTA_HBM2DDL_DB_NAME, "PostgreSQL");
        configuration.property(AvailableSettings.JAKARTA_HBM2DDL_DB_MAJOR_VERSION, OLDEST);
        configuration.property(AvailableSettings.STATEMENT_BATCH_SIZE, JDBC_BATCH);
        configuration.property(AvailableSettings.ORDER_INSERTS, true);
        configuration.property(AvailableSettings.ORDER_UPDATES, true);
        configuration.property(AvailableSettings.USE_SECOND_LEVEL_CACHE, false);
        configuration.property(AvailableSettings.JDBC_TIME_ZONE, "UTC");
        return new Storage(configuration.createEntityManagerFactory());
    }

    /// One consistent look: a generation does not change under a reader.
    <T> T read(Function<StatelessSession, T> look) {
        return inTransaction(
                "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY; ", READ_WITHIN, look);
    }

    <T> T write(Function<StatelessSession, T> change) {
        return inTransaction("", WRITE_WITHIN, change);
    }

    @Override
    public void close() {
        sessions.close();
    }

    private <T> T inTransaction(String kind, Duration limit, Function<StatelessSession, T> work) {
        try {
            return sessions.fromStatelessTransaction(session -> {
                session.doWork(connection -> begin(connection, kind, limit));
                return work.apply(session);
            });
        } catch (PersistenceException failed) {
            throw isPassing(failed) ? new ViewsUnavailable(failed) : failed;
        }
    }

    /// The server keeps the limit itself, unless it hangs: then the connection is given up. The
    /// pool's next user sets its own limit.
    private static void begin(Connection connection, String kind, Duration limit)
            throws SQLException {
        connection.setNetworkTimeout(Runnable::run, (int) limit.plus(TOO_LATE).toMillis());
        try (var statement = connection.createStatement()) {
            statement.execute(kind + "SET LOCAL statement_timeout = " + limit.toMillis());
        }
    }

    private static boolean isPassing(Throwable failed) {
        for (var cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof JDBCConnectionException || isPassingState(cause)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPassingState(Throwable cause) {
        return cause instanceof SQLException sql
                && (sql.getSQLState() == null
                        || PASSING.contains(sql.getSQLState().substring(0, 2)));
    }
}
