package dev.firebreak.bench.postgres;

import dev.firebreak.embeddedpostgres.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/// A PostgreSQL for one run, on a real disk, deleted when closed.
public final class Server implements AutoCloseable {

    private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs");
    private static final String APPLICATION = "firebreak_app";
    private static final String APPLICATION_PASSWORD = "of-this-run-alone";

    private final Path directory;
    private final EmbeddedPostgres postgres;
    private final AtomicInteger databases = new AtomicInteger();

    private Server(Path directory, EmbeddedPostgres postgres) {
        this.directory = directory;
        this.postgres = postgres;
    }

    /// Starts one in a new directory below `parent`.
    ///
    /// @throws IllegalStateException when that is no disk, or the server is not durable
    public static Server start(Path parent) throws IOException, SQLException {
        var kind = Files.getFileStore(parent).type();
        if (IN_MEMORY.contains(kind)) {
            throw new IllegalStateException(
                    "%s is %s, in memory; a commit there costs nothing. Name a disk with --data."
                            .formatted(parent, kind));
        }
        // Passable, so that PostgreSQL's own account reaches what is its own.
        var directory =
                Files.createTempDirectory(
                        parent,
                        "firebreak-bench-",
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx--x--x")));
        var server = new Server(directory, EmbeddedPostgres.start(directory));
        try (var connection = server.owner("postgres").getConnection()) {
            Durability.demand(connection);
            execute(
                    connection,
                    "CREATE ROLE %s LOGIN PASSWORD '%s'"
                            .formatted(APPLICATION, APPLICATION_PASSWORD));
            return server;
        } catch (SQLException | RuntimeException refused) {
            server.close();
            throw refused;
        }
    }

    /// A fresh database with an empty log.
    public Database database() throws SQLException {
        var name = "bench_" + databases.incrementAndGet();
        try (var connection = owner("postgres").getConnection()) {
            execute(connection, "CREATE DATABASE " + name);
        }
        Flyway.configure()
                .dataSource(owner(name))
                .locations("classpath:db/migration/event-log", "classpath:db/migration/query-side")
                .placeholders(Map.of("application_role", APPLICATION))
                .load()
                .migrate();
        return new Database(
                name, owner(name), source(name, APPLICATION, APPLICATION_PASSWORD), port());
    }

    public int port() {
        return postgres.port();
    }

    public Path directory() {
        return directory;
    }

    @Override
    public void close() {
        postgres.close();
        Trees.delete(directory);
    }

    public PGSimpleDataSource owner(String database) {
        return source(database, postgres.user(), postgres.password());
    }

    private PGSimpleDataSource source(String database, String user, String password) {
        var source = new PGSimpleDataSource();
        source.setUrl("jdbc:postgresql://127.0.0.1:%d/%s".formatted(postgres.port(), database));
        source.setUser(user);
        source.setPassword(password);
        source.setReWriteBatchedInserts(true); // as the service has it
        return source;
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
