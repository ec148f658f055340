package dev.firebreak.embeddedpostgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// The names of everything that lives under one data directory.
record Home(Path root) {
    /// Others may pass through to the cluster but see nothing: it runs under another account when
    /// we are root.
    private static final String PASSABLE = "rwx--x--x";

    private static final String PRIVATE = "rwx------";

    static Home at(Path directory) throws IOException {
        var absolute = directory.toAbsolutePath();
        if (!Files.isDirectory(absolute)) {
            createParents(absolute);
            Files.createDirectory(absolute);
            Trees.mode(absolute, Account.weAreRoot() ? PASSABLE : PRIVATE);
        } else if (Account.weAreRoot()) {
            letPass(absolute);
        }
        return new Home(absolute.toRealPath());
    }

    Path lock() {
        return root.resolve("lock");
    }

    Path data() {
        return root.resolve("postgres");
    }

    Path password() {
        return root.resolve("postgres.password");
    }

    Path log() {
        return root.resolve("postgres.log");
    }

    Path olderLog() {
        return root.resolve("postgres.log.1");
    }

    private static void createParents(Path directory) throws IOException {
        var parent = directory.getParent();
        if (parent != null && !Files.isDirectory(parent)) {
            createParents(parent);
            Files.createDirectory(parent);
            Trees.mode(parent, Account.weAreRoot() ? "rwxr-xr-x" : PRIVATE);
        }
    }

    /// Only the data directory itself is ours to open up; its parents are the operator's.
    private static void letPass(Path directory) throws IOException {
        var permissions = Files.getPosixFilePermissions(directory);
        if (permissions.addAll(PosixFilePermissions.fromString("--x--x--x"))) {
            Files.setPosixFilePermissions(directory, permissions);
        }
    }
}
