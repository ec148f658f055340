package dev.firebreak.embeddedpostgres;

import java.io.IOException;
import java.nio.file.Path;

/// A PostgreSQL server of our own on 127.0.0.1, durable in its data directory, that never outlives
/// this process.
///
/// The first start in a directory unpacks the programs and makes the cluster; later ones take a
/// tenth of a second. A server that is killed is started again on the same port. One process at a
/// time may hold a directory.
public final class EmbeddedPostgres implements AutoCloseable {
    private final Keeper keeper;
    private final int port;
    private final String password;
    private final Runnable afterwards;

    private EmbeddedPostgres(Keeper keeper, int port, String password, Runnable afterwards) {
        this.keeper = keeper;
        this.port = port;
        this.password = password;
        this.afterwards = afterwards;
    }

    /// Starts the server that lives in this directory, which is made when it does not exist.
    ///
    /// As root the server runs as `postgres` or `nobody`, who must be able to enter every directory
    /// on the way.
    ///
    /// @throws DataDirectoryInUseException when another process holds the directory
    /// @throws EmbeddedPostgresException when the server cannot be started; the message says why
    ///   and what to do
    public static EmbeddedPostgres start(Path dataDirectory) {
        return start(dataDirectory, () -> {});
    }

    /// Starts a fresh, empty server for a test; `close` deletes it, and so does the end of the JVM.
    ///
    /// As durable as the lasting one. Programs and an empty cluster are kept in a cache of this
    /// machine and user, so that it takes a fraction of a second.
    public static EmbeddedPostgres startTemporary() {
        try {
            var directory = Temporary.cluster();
            return Temporary.closedAtExit(start(directory, () -> Temporary.discard(directory)));
        } catch (IOException failed) {
            throw new EmbeddedPostgresException(
                    "No temporary PostgreSQL could be made: " + Hindrance.of(failed), failed);
        }
    }

    /// For the owner's user and password; holds no secret.
    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, Cluster.DATABASE);
    }

    public int port() {
        return port;
    }

    /// The superuser who owns the database: for migrations, not for the application.
    public String user() {
        return Cluster.OWNER;
    }

    /// Generated once per directory and kept in its `postgres.password`.
    public String password() {
        return password;
    }

    /// Ends all sessions and shuts down; returns when the server has ended.
    @Override
    public void close() {
        keeper.stop();
        afterwards.run();
    }

    private static EmbeddedPostgres start(Path dataDirectory, Runnable afterwards) {
        try {
            var home = Home.at(dataDirectory);
            var keeper = Keeper.of(home, DirectoryLock.take(home));
            var port = keeper.awaitPort();
            return new EmbeddedPostgres(keeper, port, Cluster.password(home), afterwards);
        } catch (IOException failed) {
            throw new EmbeddedPostgresException(
                    "The data directory %s cannot be used. %s. Start it as whoever it belongs to, or choose another data directory."
                            .formatted(dataDirectory, Hindrance.of(failed)),
                    failed);
        }
    }
}
