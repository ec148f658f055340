package dev.firebreak.embeddedpostgres;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/// PostgreSQL's own log, at most about twice the limit on disk.
final class LogFile {
    static final long LIMIT_BYTES = 4L << 20;
    private static final int TAIL_BYTES = 2_000;

    private LogFile() {}

    /// Statements may stand in it, so it is nobody else's to read.
    static void prepare(Home home) throws IOException {
        if (!Files.exists(home.log())) {
            Files.createFile(home.log());
        }
        Files.setPosixFilePermissions(home.log(), PosixFilePermissions.fromString("rw-------"));
        bound(home);
    }

    /// PostgreSQL appends to the open file, so it is copied and cut rather than renamed.
    static void bound(Home home) throws IOException {
        if (Files.exists(home.log()) && Files.size(home.log()) > LIMIT_BYTES) {
            Files.copy(home.log(), home.olderLog(), StandardCopyOption.REPLACE_EXISTING);
            try (var log = FileChannel.open(home.log(), StandardOpenOption.WRITE)) {
                log.truncate(0);
            }
        }
    }

    /// For an error message: the end of the log is where the reason is.
    static String tail(Path log) throws IOException {
        try (var file = new RandomAccessFile(log.toFile(), "r")) {
            var bytes = new byte[(int) Math.min(TAIL_BYTES, file.length())];
            file.seek(file.length() - bytes.length);
            file.readFully(bytes);
            return "The end of %s:%n%s"
                    .formatted(log, new String(bytes, StandardCharsets.UTF_8).strip());
        }
    }
}
