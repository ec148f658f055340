package dev.firebreak.commandside.axon;

import dev.firebreak.embeddedpostgres.EmbeddedPostgres;
import dev.firebreak.eventlog.log.PostgresLog;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/// A fresh log on a real PostgreSQL, one server for all tests of this JVM.
final class TestLog implements AutoCloseable {

    private static final String APPLICATION = "firebreak_app";
    private static final String PASSWORD = "of-the-application";
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final EmbeddedPostgres SERVER = EmbeddedPostgres.startTemporary();
    private static final String TEMPLATE = template();

    private final PGSimpleDataSource source;
    private final PostgresLog log;

    private TestLog(PGSimpleDataSource source) {
        this.source = source;
        this.log = PostgresLog.open(source);
    }

    static TestLog fresh() {
        var name = "commands_" + COUNT.incrementAndGet();
        run("CREATE DATABASE %s TEMPLATE %s".formatted(name, TEMPLATE));
        return new TestLog(source(name, APPLICATION, PASSWORD));
    }

    private static String template() {
        run("CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(APPLICATION, PASSWORD));
        run("CREATE DATABASE log_template");
        Flyway.configure()
                .loggers("slf4j")
                .dataSource(source("log_template", SERVER.user(), SERVER.password()))
                .locations("classpath:db/migration/event-log")
                .placeholders(Map.of("application_role", APPLICATION))
                .load()
                .migrate();
        return "log_template";
    }

    PostgresLog log() {
        return log;
    }

    /// The same log as another replica has it open.
    PostgresLog onAnotherReplica() {
        return PostgresLog.open(source);
    }

    /// As if the database were gone: nobody may connect, and nobody stays connected.
    void cutOff() {
        run("ALTER DATABASE %s ALLOW_CONNECTIONS false".formatted(source.getDatabaseName()));
        run(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '%s'"
                        .formatted(source.getDatabaseName()));
    }

    /// As a newer release, or a bad disk, would leave it.
    void makeUnreadable(long position) {
        var server =
                source(String.valueOf(source.getDatabaseName()), SERVER.user(), SERVER.password());
        run(
                server,
                """
                SET session_replication_role = replica;
                UPDATE log.event SET name = 'containment.dreamt' WHERE position = %d
                """
                        .formatted(position));
    }

    void restore() {
        run("ALTER DATABASE %s ALLOW_CONNECTIONS true".formatted(source.getDatabaseName()));
    }

    @Override
    public void close() {
        log.close();
    }

    private static void run(String sql) {
        run(source("postgres", SERVER.user(), SERVER.password()), sql);
    }

    private static void run(PGSimpleDataSource server, String sql) {
        try (var connection = server.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException broken) {
            throw new IllegalStateException(sql, broken);
        }
    }

    private static PGSimpleDataSource source(String database, String user, String password) {
        var source = new PGSimpleDataSource();
        source.setUrl("jdbc:postgresql://127.0.0.1:%d/%s".formatted(SERVER.port(), database));
        source.setUser(user);
        source.setPassword(password);
        return source;
    }
}
