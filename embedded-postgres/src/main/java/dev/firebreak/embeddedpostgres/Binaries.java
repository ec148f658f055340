package dev.firebreak.embeddedpostgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Properties;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/// PostgreSQL's programs, unpacked once per directory and never half.
record Binaries(Path root) {
    static final String VERSION = version();
    private static final String PREFIX = "postgres-bin-";
    private static final int OWNER_EXECUTE = 0100;

    static Binaries unpackedIn(Path directory) throws IOException {
        var place = directory.resolve(PREFIX + VERSION);
        if (!Files.isDirectory(place)) {
            var fresh = Files.createTempDirectory(directory, Trees.UNFINISHED + PREFIX);
            unpack(fresh);
            putInPlace(fresh, place);
        }
        return new Binaries(place);
    }

    String program(String name) {
        return root.resolve("bin").resolve(name).toString();
    }

    /// Two processes may unpack into a shared cache at once; the second finds the place taken by
    /// equal files.
    static void putInPlace(Path fresh, Path place) throws IOException {
        Trees.flushAll(fresh);
        try {
            Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException taken) {
            Trees.delete(fresh);
            if (!Files.isDirectory(place)) {
                throw taken;
            }
        }
        Trees.flush(place.getParent());
    }

    private static void unpack(Path target) throws IOException {
        Trees.mode(target, "rwxr-xr-x");
        try (var packed = open(archive());
                var tar = new TarArchiveInputStream(new XZInputStream(packed))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(tar, entry, target);
            }
        }
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path target)
            throws IOException {
        var path = entry.resolveIn(target);
        makeDirectory(entry.isDirectory() ? path : path.getParent());
        if (entry.isDirectory()) {
            return;
        }
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
            Files.copy(tar, path);
            var program = (entry.getMode() & OWNER_EXECUTE) != 0;
            Trees.mode(path, program ? "rwxr-xr-x" : "rw-r--r--");
        }
    }

    /// The archive names files before their directories, and our umask must not close them to
    /// PostgreSQL's account. Above the root there is nothing to make.
    private static void makeDirectory(@Nullable Path directory) throws IOException {
        if (directory != null && !Files.isDirectory(directory)) {
            makeDirectory(directory.getParent());
            Files.createDirectory(directory);
            Trees.mode(directory, "rwxr-xr-x");
        }
    }

    private static InputStream open(String archive) {
        return new BufferedInputStream(
                required(Binaries.class.getResourceAsStream(archive), archive));
    }

    private static InputStream required(@Nullable InputStream resource, String name) {
        if (resource == null) {
            throw new EmbeddedPostgresException(
                    "No PostgreSQL %s is bundled for this machine (%s). Name a server of your own with firebreak.database.url."
                            .formatted(VERSION, name));
        }
        return resource;
    }

    private static String archive() {
        var mac = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("mac");
        var arm = System.getProperty("os.arch", "").equals("aarch64");
        return "/postgres-%s-%s.txz".formatted(mac ? "darwin" : "linux", arm ? "arm_64" : "x86_64");
    }

    private static String version() {
        try (var resource = Binaries.class.getResourceAsStream("binaries.properties")) {
            if (resource == null) {
                throw new IllegalStateException("binaries.properties is not on the class path");
            }
            var properties = new Properties();
            properties.load(resource);
            return properties.getProperty("version");
        } catch (IOException broken) {
            throw new IllegalStateException("binaries.properties cannot be read", broken);
        }
    }
}
