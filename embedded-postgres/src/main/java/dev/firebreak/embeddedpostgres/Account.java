package dev.firebreak.embeddedpostgres;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// Under whose name PostgreSQL runs: our own, or an unprivileged one when we are root, which it
/// refuses to be.
record Account(String name, int uid, int gid, boolean ourselves) {
    private static final int ROOT = 0;

    /// The first that exists runs a new cluster; an existing cluster stays with its owner.
    private static final List<String> UNPRIVILEGED = List.of("postgres", "nobody");

    static boolean weAreRoot() {
        return ourUid() == ROOT;
    }

    /// Identifies whose caches these are.
    static int ourUid() {
        return Math.toIntExact(new UnixSystem().getUid());
    }

    static Account running(Path data) throws IOException {
        if (Files.exists(data)) {
            return ownerOf(data);
        }
        return weAreRoot() ? unprivileged() : ourselves("us");
    }

    /// Names the first directory on the way that the account cannot enter.
    void mustReach(Path directory) throws IOException {
        if (ourselves) {
            return;
        }
        for (var way = directory; way != null; way = way.getParent()) {
            if (!mayEnter(way)) {
                throw new EmbeddedPostgresException(
                        "PostgreSQL runs as %s (uid %d) because it refuses to run as root, and %s cannot enter %s (%s). Allow it with: chmod o+x %s  or choose a data directory such as /var/lib/firebreak."
                                .formatted(name, uid, name, way, modeOf(way), way));
            }
        }
    }

    private static Account ownerOf(Path data) throws IOException {
        int owner = id(data, "unix:uid");
        if (owner == ourUid() && !weAreRoot()) {
            return ourselves("us");
        }
        if (!weAreRoot() || owner == ROOT) {
            throw new EmbeddedPostgresException(
                    "%s belongs to uid %d, and we are uid %d. Start as its owner or as root, or choose another data directory."
                            .formatted(data, owner, ourUid()));
        }
        return new Account("uid " + owner, owner, id(data, "unix:gid"), false);
    }

    private static Account ourselves(String name) {
        var system = new UnixSystem();
        return new Account(name, ourUid(), Math.toIntExact(system.getGid()), true);
    }

    private static Account unprivileged() throws IOException {
        try (var lines = Files.lines(Path.of("/etc/passwd"))) {
            var known = lines.map(line -> line.split(":", -1)).filter(f -> f.length >= 4).toList();
            return UNPRIVILEGED.stream()
                    .flatMap(name -> known.stream().filter(fields -> fields[0].equals(name)))
                    .flatMap(Account::parsed)
                    .findFirst()
                    .orElseThrow(Account::nobodyToRunAs);
        }
    }

    private static Stream<Account> parsed(String[] fields) {
        var account =
                new Account(
                        fields[0], Integer.parseInt(fields[2]), Integer.parseInt(fields[3]), false);
        return account.uid == ROOT ? Stream.empty() : Stream.of(account);
    }

    private static EmbeddedPostgresException nobodyToRunAs() {
        return new EmbeddedPostgresException(
                "PostgreSQL refuses to run as root and none of the users %s exists. Create one (useradd --system postgres), or start as an ordinary user."
                        .formatted(UNPRIVILEGED));
    }

    private boolean mayEnter(Path directory) throws IOException {
        var permissions = Files.getPosixFilePermissions(directory);
        if (id(directory, "unix:uid") == uid) {
            return permissions.contains(PosixFilePermission.OWNER_EXECUTE);
        }
        return permissions.contains(
                id(directory, "unix:gid") == gid
                        ? PosixFilePermission.GROUP_EXECUTE
                        : PosixFilePermission.OTHERS_EXECUTE);
    }

    private static String modeOf(Path directory) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(directory));
    }

    private static int id(Path path, String attribute) throws IOException {
        return (Integer)
                Objects.requireNonNull(
                        Files.getAttribute(path, attribute, LinkOption.NOFOLLOW_LINKS));
    }
}
