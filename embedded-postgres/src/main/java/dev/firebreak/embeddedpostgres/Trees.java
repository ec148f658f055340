package dev.firebreak.embeddedpostgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whole directories: copied, deleted, handed over, and put in place at once.
final class Trees {
    /// Marks what was not put in place; found later, its maker is dead.
    static final String UNFINISHED = "new-";

    private Trees() {}

    static void copy(Path from, Path to) throws IOException {
        try (var paths = Files.walk(from)) {
            for (var path : (Iterable<Path>) paths::iterator) {
                Files.copy(
                        path,
                        to.resolve(from.relativize(path).toString()),
                        LinkOption.NOFOLLOW_LINKS,
                        StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    /// Files that vanish meanwhile are as good as deleted.
    static void delete(Path root) throws IOException {
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(root, new Deletion());
    }

    static void deleteStartingWith(Path directory, String prefix) throws IOException {
        for (var path : startingWith(directory, prefix)) {
            delete(path);
        }
    }

    /// For a directory that several processes share: only what nobody can still be working on.
    static void deleteOlder(Path directory, String prefix, Duration age) throws IOException {
        var before = FileTime.from(Instant.now().minus(age));
        for (var path : startingWith(directory, prefix)) {
            if (Files.getLastModifiedTime(path).compareTo(before) < 0) {
                delete(path);
            }
        }
    }

    static List<Path> startingWith(Path directory, String prefix) throws IOException {
        try (var entries = Files.list(directory)) {
            return entries.filter(path -> String.valueOf(path.getFileName()).startsWith(prefix))
                    .toList();
        }
    }

    static void give(Path root, Account account) throws IOException {
        if (account.ourselves()) {
            return;
        }
        try (var paths = Files.walk(root)) {
            for (var path : (Iterable<Path>) paths::iterator) {
                Files.setAttribute(path, "unix:gid", account.gid(), LinkOption.NOFOLLOW_LINKS);
                Files.setAttribute(path, "unix:uid", account.uid(), LinkOption.NOFOLLOW_LINKS);
            }
        }
    }

    static void mode(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    /// Appears whole or not at all, also after a power cut; readable by its owner alone.
    static void writeSecret(Path file, String secret) throws IOException {
        var fresh =
                Files.createTempFile(
                        file.toAbsolutePath().getParent(),
                        UNFINISHED + file.getFileName(),
                        "",
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")));
        Files.writeString(fresh, secret, StandardCharsets.US_ASCII, StandardOpenOption.SYNC);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        flush(file.toAbsolutePath().getParent());
    }

    static void flush(@Nullable Path path) throws IOException {
        if (path != null) {
            try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /// Every file below reaches the disk before the tree is put in place.
    static void flushAll(Path root) throws IOException {
        try (var paths = Files.walk(root)) {
            for (var path : (Iterable<Path>) paths::iterator) {
                if (!Files.isSymbolicLink(path)) {
                    flush(path);
                }
            }
        } catch (UncheckedIOException broken) {
            throw broken.getCause();
        }
    }

    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                throws IOException {
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
