package dev.firebreak.embeddedpostgres;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;

/// One process per data directory. The lock dies with its process; the text in the file only tells
/// who it is.
final class DirectoryLock implements AutoCloseable {
    /// Closing any channel of a locked file drops the lock of the whole process, so a second
    /// attempt in this JVM must not even open it. System properties are the one map that all class
    /// loaders share.
    private static final String HELD = "dev.firebreak.embeddedpostgres.held:";

    private final String mark;
    private final FileLock lock;

    private DirectoryLock(String mark, FileLock lock) {
        this.mark = mark;
        this.lock = lock;
    }

    static DirectoryLock take(Home home) throws IOException {
        var mark = HELD + home.root();
        if (System.getProperties().putIfAbsent(mark, "held") != null) {
            throw new DataDirectoryInUseException(
                    home.root(), "this same process (%d)".formatted(ProcessHandle.current().pid()));
        }
        var taken = false;
        try {
            var lock = lock(home);
            taken = true;
            return new DirectoryLock(mark, lock);
        } finally {
            if (!taken) {
                System.clearProperty(mark);
            }
        }
    }

    /// Whether nobody holds this directory any more. Must not be asked about one that this process
    /// holds.
    static boolean isFree(Path lockFile) throws IOException {
        if (System.getProperty(HELD + lockFile.getParent()) != null) {
            return false;
        }
        try (var channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
                var lock = channel.tryLock()) {
            return lock != null;
        }
    }

    @Override
    public void close() {
        try {
            lock.acquiredBy().close();
        } catch (IOException broken) {
            throw new EmbeddedPostgresException("The lock file could not be released.", broken);
        } finally {
            System.clearProperty(mark);
        }
    }

    private static FileLock lock(Home home) throws IOException {
        var channel =
                FileChannel.open(
                        home.lock(),
                        Set.of(
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE,
                                LinkOption.NOFOLLOW_LINKS),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-r--r--")));
        var lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            throw new DataDirectoryInUseException(home.root(), holder(home.lock()));
        }
        var since = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        var text = "process %d since %s\n".formatted(ProcessHandle.current().pid(), since);
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), 0);
        return lock;
    }

    private static String holder(Path lockFile) throws IOException {
        var written = Files.readString(lockFile, StandardCharsets.US_ASCII).strip();
        return written.isEmpty() ? "another process that is just starting" : written;
    }
}
