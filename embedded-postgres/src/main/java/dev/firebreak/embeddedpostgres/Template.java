package dev.firebreak.embeddedpostgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.Objects;

/// The programs and one pristine, never started cluster, made once per machine, user and version.
record Template(Home home, Binaries binaries, Account account) {
    private static final Duration ABANDONED_AFTER = Duration.ofHours(1);

    static Template prepared() throws IOException {
        var cache = cache();
        Trees.deleteOlder(cache, Trees.UNFINISHED, ABANDONED_AFTER);
        var binaries = Binaries.unpackedIn(cache);
        var place = cache.resolve(name());
        if (!Files.isDirectory(place)) {
            Binaries.putInPlace(made(cache, binaries), place);
        }
        var home = Home.at(place);
        return new Template(home, binaries, Account.running(home.data()));
    }

    private static Path made(Path cache, Binaries binaries) throws IOException {
        var home = Home.at(Files.createTempDirectory(cache, Trees.UNFINISHED + "template-"));
        var account = Account.running(home.data());
        account.mustReach(home.root());
        try {
            Cluster.prepare(home, binaries, new Launch(account));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new EmbeddedPostgresException("Interrupted while preparing.", interrupted);
        }
        return home.root();
    }

    private static String name() {
        return "template-%s-%08x".formatted(Binaries.VERSION, Cluster.OPTIONS.hashCode());
    }

    /// Root's own cache would be closed to the account that PostgreSQL runs under.
    private static Path cache() throws IOException {
        if (Account.weAreRoot()) {
            return usable(Path.of("/var/cache/firebreak"));
        }
        var home = Path.of(System.getProperty("user.home"));
        return Files.isWritable(home)
                ? usable(home.resolve(".cache/firebreak"))
                : usable(
                        Path.of(System.getProperty("java.io.tmpdir"))
                                .resolve("firebreak-cache-" + Account.ourUid()));
    }

    /// Programs are run from here: a directory that somebody else prepared or can write to is
    /// refused.
    private static Path usable(Path directory) throws IOException {
        var home = Home.at(directory);
        var owner =
                Objects.requireNonNull(
                        Files.getAttribute(home.root(), "unix:uid", LinkOption.NOFOLLOW_LINKS));
        var permissions = Files.getPosixFilePermissions(home.root());
        if (!owner.equals(Account.ourUid())
                || permissions.contains(PosixFilePermission.OTHERS_WRITE)
                || permissions.contains(PosixFilePermission.GROUP_WRITE)) {
            throw new EmbeddedPostgresException(
                    "The cache directory %s belongs to somebody else or is writable by others. Remove it."
                            .formatted(home.root()));
        }
        return home.root();
    }
}
