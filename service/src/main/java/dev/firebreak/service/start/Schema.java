package dev.firebreak.service.start;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/// The owner's part: migrations, and the application's role, which may not change the log.
record Schema(Login owner) {

    static final String APPLICATION_ROLE = "firebreak_app";

    private static final String HISTORY_SCHEMA = "firebreak";

    /// Held here, since a logger that nobody holds forgets its level.
    private static final Logger FLYWAY = Logger.getLogger("org.flywaydb");

    void prepare(Login application) {
        try (var connection = owner.connect()) {
            ensureRole(connection, application);
        } catch (SQLException failure) {
            throw new CannotStart(
                    "The database cannot be prepared as %s: %s"
                            .formatted(owner, failure.getMessage()),
                    failure);
        }
        migrate(application.user());
    }

    private void migrate(String applicationRole) {
        // Quarkus has not set up logging yet, and what Flyway does every time is no news.
        FLYWAY.setLevel(Level.WARNING);
        try {
            Flyway.configure()
                    .dataSource(owner.url(), owner.user(), owner.password())
                    .locations("classpath:db/migration")
                    .defaultSchema(HISTORY_SCHEMA)
                    .placeholders(Map.of("application_role", applicationRole))
                    .javaMigrations(new V200__QuartzTables(applicationRole))
                    .load()
                    .migrate();
        } catch (FlywayException failure) {
            throw new CannotStart(
                    "The database's schema cannot be brought up to date: " + failure.getMessage(),
                    failure);
        }
    }

    private static void ensureRole(Connection connection, Login application) throws SQLException {
        if (!exists(connection, application.user())) {
            execute(connection, "CREATE ROLE %I LOGIN", application.user());
        }
        execute(
                connection,
                "ALTER ROLE %I LOGIN NOSUPERUSER NOCREATEROLE NOCREATEDB PASSWORD %L",
                application.user(),
                application.password());
    }

    private static boolean exists(Connection connection, String role) throws SQLException {
        try (var query = connection.prepareStatement("SELECT FROM pg_roles WHERE rolname = ?")) {
            query.setString(1, role);
            return query.executeQuery().next();
        }
    }

    private static void execute(Connection connection, String template, String... values)
            throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(quoted(connection, template, values));
        }
    }

    /// Such statements take no parameters; PostgreSQL's own `format` quotes the values instead.
    static String quoted(Connection connection, String template, String... values)
            throws SQLException {
        try (var format = connection.prepareStatement("SELECT format(?, VARIADIC ?::text[])")) {
            format.setString(1, template);
            format.setArray(2, connection.createArrayOf("text", values));
            var rows = format.executeQuery();
            rows.next();
            return rows.getString(1);
        }
    }
}
