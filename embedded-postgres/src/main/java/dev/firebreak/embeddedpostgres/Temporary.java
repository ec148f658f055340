package dev.firebreak.embeddedpostgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Throw-away clusters for tests, copied from one pristine cluster in a cache of this machine and
/// user.
final class Temporary {
    private static final String PREFIX = "firebreak-temporary-";
    private static final Duration ABANDONED_AFTER = Duration.ofMinutes(10);

    /// Memory when there is plenty: what a killed process wrote is still there, and files are made
    /// ten times faster.
    private static final Path MEMORY = Path.of("/dev/shm");

    private static final long PLENTY_BYTES = 2L << 30;

    private static final Set<EmbeddedPostgres> OPEN = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime()
                .addShutdownHook(
                        Thread.ofPlatform().unstarted(() -> OPEN.forEach(EmbeddedPostgres::close)));
    }

    private Temporary() {}

    /// What was never closed is closed with the JVM; closing twice is harmless.
    static EmbeddedPostgres closedAtExit(EmbeddedPostgres started) {
        OPEN.add(started);
        return started;
    }

    /// A directory in which `EmbeddedPostgres.start` finds everything prepared.
    static Path cluster() throws IOException {
        var parent = place();
        sweep(parent);
        var template = Template.prepared();
        var home = Home.at(Files.createTempDirectory(parent, PREFIX));
        Files.createSymbolicLink(
                home.root().resolve(template.binaries().root().getFileName()),
                template.binaries().root());
        Trees.copy(template.home().password(), home.password());
        Trees.copy(template.home().data(), home.data());
        Trees.give(home.data(), template.account());
        return home.root();
    }

    private static Path place() throws IOException {
        return Files.isWritable(MEMORY)
                        && Files.getFileStore(MEMORY).getUsableSpace() >= PLENTY_BYTES
                ? MEMORY
                : Path.of(System.getProperty("java.io.tmpdir")).toRealPath();
    }

    static void discard(Path directory) {
        try {
            Trees.delete(directory);
        } catch (IOException failed) {
            throw new EmbeddedPostgresException(
                    "The temporary PostgreSQL %s could not be deleted.".formatted(directory),
                    failed);
        }
    }

    /// What killed tests left behind: ours, unlocked and not just being made.
    private static void sweep(Path parent) throws IOException {
        var before = FileTime.from(Instant.now().minus(ABANDONED_AFTER));
        for (var directory : Trees.startingWith(parent, PREFIX)) {
            var lock = directory.resolve("lock");
            if (Account.ourUid() == ownerOf(directory)
                    && Files.getLastModifiedTime(directory).compareTo(before) < 0
                    && (!Files.exists(lock) || DirectoryLock.isFree(lock))) {
                Trees.delete(directory);
            }
        }
    }

    private static int ownerOf(Path directory) throws IOException {
        return (Integer) Objects.requireNonNull(Files.getAttribute(directory, "unix:uid"));
    }
}
