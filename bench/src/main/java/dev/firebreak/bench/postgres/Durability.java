package dev.firebreak.bench.postgres;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.HdrHistogram.Histogram;

/// Whether a commit means anything, and what the disk below asks for it.
public final class Durability {

    private static final List<String> MUST_BE_ON =
            List.of("fsync", "full_page_writes", "synchronous_commit");
    private static final int SYNCS = 200;
    private static final int PAGE = 8_192;

    private Durability() {}

    /// @throws IllegalStateException when the server would acknowledge what a crash can take back
    static void demand(Connection connection) throws SQLException {
        for (var setting : MUST_BE_ON) {
            var value = show(connection, setting);
            if (!value.equals("on")) {
                throw new IllegalStateException(
                        "%s is %s: such a commit is no promise, so nothing is measured here."
                                .formatted(setting, value));
            }
        }
    }

    public static String text(Connection connection) throws SQLException {
        return "PostgreSQL %s, fsync on (%s), synchronous_commit on, full_page_writes on"
                .formatted(show(connection, "server_version"), show(connection, "wal_sync_method"));
    }

    /// How long the disk takes to hold one page for good, in nanoseconds.
    public static Histogram syncs(Path directory) throws IOException {
        var times = new Histogram(1, 60_000_000_000L, 3);
        var file = Files.createTempFile(directory, "sync", ".probe");
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            var page = ByteBuffer.allocate(PAGE);
            for (var i = 0; i < SYNCS; i++) {
                channel.write(page.rewind(), 0);
                var before = System.nanoTime();
                channel.force(false);
                times.recordValue(System.nanoTime() - before);
            }
        } finally {
            Files.delete(file);
        }
        return times;
    }

    private static String show(Connection connection, String setting) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SHOW " + setting)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
