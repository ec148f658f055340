package dev.firebreak.eventlog.log;

import dev.firebreak.embeddedpostgres.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/// A fresh database with an empty log, on one server for all tests of this JVM.
final class TestDatabase {

    static final String APPLICATION = "firebreak_app";
    private static final String APPLICATION_PASSWORD = "of-the-application";
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final EmbeddedPostgres SERVER = server();
    private static final TestDatabase TEMPLATE = template();

    private final String name;

    private TestDatabase(String name) {
        this.name = name;
    }

    static TestDatabase create() {
        var database = new TestDatabase("log_" + COUNT.incrementAndGet());
        new TestDatabase("postgres")
                .sql("CREATE DATABASE %s TEMPLATE %s".formatted(database.name, TEMPLATE.name));
        return database;
    }

    /// As the service connects: may append and read.
    PGSimpleDataSource application() {
        return source(APPLICATION, APPLICATION_PASSWORD);
    }

    /// The superuser, who can do everything.
    PGSimpleDataSource owner() {
        return source(SERVER.user(), SERVER.password());
    }

    /// Runs as the owner.
    void sql(String statement) {
        sql(owner(), statement);
    }

    static void sql(DataSource source, String statement) {
        try (var connection = source.getConnection();
                var run = connection.createStatement()) {
            run.execute(statement);
        } catch (SQLException broken) {
            throw new IllegalStateException(statement, broken);
        }
    }

    /// The first column of the first row, as a number.
    long number(String query) {
        try (var connection = owner().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException broken) {
            throw new IllegalStateException(query, broken);
        }
    }

    private PGSimpleDataSource source(String user, String password) {
        var source = new PGSimpleDataSource();
        source.setUrl("jdbc:postgresql://127.0.0.1:%d/%s".formatted(SERVER.port(), name));
        source.setUser(user);
        source.setPassword(password);
        return source;
    }

    /// In memory as a rule; `-Dfirebreak.test.data=DIR` puts it on a disk, to measure.
    private static EmbeddedPostgres server() {
        var data = System.getProperty("firebreak.test.data");
        return data == null
                ? EmbeddedPostgres.startTemporary()
                : EmbeddedPostgres.start(Path.of(data));
    }

    private static TestDatabase template() {
        var server = new TestDatabase("postgres");
        server.sql(
                "CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(APPLICATION, APPLICATION_PASSWORD));
        server.sql("CREATE DATABASE log_template");
        var template = new TestDatabase("log_template");
        Flyway.configure()
                .loggers("slf4j")
                .dataSource(template.owner())
                .locations("classpath:db/migration/event-log")
                .placeholders(Map.of("application_role", APPLICATION))
                .load()
                .migrate();
        return template;
    }
}
