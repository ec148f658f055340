package dev.firebreak.service.start;

import dev.firebreak.embeddedpostgres.Hindrance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// The one directory that holds all of ours: PostgreSQL, the agent authority, the admin's token.
record DataDirectory(Path path) {

    static final Path DEFAULT = home().resolve(Path.of(".local", "share", "firebreak"));

    /// Root's home is closed to the account that PostgreSQL runs as, so root's default directory is
    /// a link to this one.
    private static final Path OF_ROOT = Path.of("/var/lib/firebreak");

    static DataDirectory open(Path path) {
        var absolute = path.toAbsolutePath().normalize();
        try {
            if (absolute.equals(DEFAULT) && weAreRoot()) {
                linkForRoot();
            }
            if (!Files.isDirectory(absolute)) {
                makePrivate(absolute);
            }
            return new DataDirectory(absolute.toRealPath());
        } catch (IOException refused) {
            throw new CannotStart(
                    "The data directory %s cannot be made. %s. Choose another with --data."
                            .formatted(absolute, Hindrance.of(refused)),
                    refused);
        }
    }

    /// As the shell has it; Java would ask the list of users and not see a HOME that was set.
    private static Path home() {
        var home = System.getenv("HOME");
        return Path.of(home == null || home.isEmpty() ? System.getProperty("user.home") : home);
    }

    private static void linkForRoot() throws IOException {
        if (!Files.isDirectory(OF_ROOT)) {
            makePrivate(OF_ROOT);
        }
        if (!Files.exists(DEFAULT)) {
            Files.createDirectories(DEFAULT.getParent());
            Files.createSymbolicLink(DEFAULT, OF_ROOT);
        }
    }

    private static boolean weAreRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /// Root's is passable, so that PostgreSQL's own account reaches what is its own; nothing else
    /// is readable. An ordinary user's is closed.
    private static void makePrivate(Path directory) throws IOException {
        Files.createDirectories(
                directory,
                PosixFilePermissions.asFileAttribute(
                        PosixFilePermissions.fromString(weAreRoot() ? "rwx--x--x" : "rwx------")));
    }
}
