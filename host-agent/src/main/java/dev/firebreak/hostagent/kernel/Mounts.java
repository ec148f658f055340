package dev.firebreak.hostagent.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

/// File systems found by their type, never by a customary path: hybrid hosts mount cgroup2
/// elsewhere.
final class Mounts {

    private static final long NOSUID_NODEV_NOEXEC = 2 | 4 | 8;

    private Mounts() {}

    static Path cgroup2() {
        Path mount =
                first("cgroup2")
                        .orElseThrow(() ->
                                new Unsupported(
                                        "no cgroup2 file system is mounted; mount one: mkdir -p"
                                                + " /sys/fs/cgroup/unified && mount -t cgroup2"
                                                + " cgroup2 /sys/fs/cgroup/unified"));
        // Only the root of the hierarchy lacks this file; elsewhere levels would be counted wrong.
        if (Files.exists(mount.resolve("cgroup.type"))) {
            throw new Unsupported(
                    mount
                            + " shows only a part of the cgroup tree; run the agent in the host's cgroup namespace");
        }
        return mount;
    }

    /// The bpf file system that is mounted already, or a private one below the run directory.
    static Path bpffs(Path runDirectory) {
        Path usual = Path.of("/sys/fs/bpf");
        Path own = runDirectory.resolve("bpf");
        List<Path> mounted = all("bpf");
        if (mounted.contains(usual)) {
            return usual;
        }
        if (mounted.contains(own)) {
            return own;
        }
        try {
            Files.createDirectories(own);
            Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rwx------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int result = Libc.mount("bpf", own.toString(), "bpf", NOSUID_NODEV_NOEXEC, "mode=0700");
        if (result < 0) {
            throw new Unsupported(
                    "mounting bpffs at "
                            + own
                            + " failed with errno "
                            + -result
                            + "; the agent needs CAP_SYS_ADMIN for it, or mount it before: mount -t bpf bpf /sys/fs/bpf");
        }
        return own;
    }

    static Optional<Path> first(String type) {
        return all(type).stream().findFirst();
    }

    private static List<Path> all(String type) {
        try (var lines = Files.lines(Path.of("/proc/self/mountinfo"))) {
            return lines.map(line -> line.split(" - ", 2))
                    .filter(halves -> halves.length == 2 && halves[1].startsWith(type + " "))
                    .map(halves -> Path.of(halves[0].split(" ", -1)[4].replace("\\040", " ")))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
