package dev.firebreak.whole;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/// This machine's cgroup2 tree and bpf file system, as far as a test may touch them: one cgroup of
/// its own, and what an agent that answered for that cgroup left pinned.
final class Kernel {

    private static final int ATTEMPTS = 1_000;

    private Kernel() {}

    /// Whether kernel tests run: always as root and in CI, where what stands in their way makes
    /// them fail.
    static boolean mustHold() {
        return "root".equals(System.getProperty("user.name")) || "true".equals(System.getenv("CI"));
    }

    static Path cgroups() {
        return mounted("cgroup2").getFirst();
    }

    /// Makes a cgroup that no other test has.
    static Path cgroup(String name) {
        return made(cgroups().resolve("fbw-%s-%d".formatted(name, ProcessHandle.current().pid())));
    }

    static Path made(Path cgroup) {
        try {
            return Files.createDirectories(cgroup);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// As deployments write it: below the mount.
    static String name(Path cgroup) {
        return "/" + cgroups().relativize(cgroup);
    }

    /// Removes a cgroup and those below it, once the kernel has let go of their last processes.
    static void remove(Path cgroup) {
        deepestFirst(cgroup).stream().filter(Files::isDirectory).forEach(Kernel::removeOne);
    }

    /// Takes out what the agent of this host left in the kernel.
    static void forget(String host) {
        for (var bpffs : mounted("bpf")) {
            deepestFirst(bpffs.resolve("firebreak/host_2f" + host)).forEach(Kernel::removeOne);
        }
        removeOne(Path.of("/run/firebreak/host_2f" + host + ".lock"));
    }

    /// The pins of the agent's programs on their cgroup.
    static List<Path> pins(String host) {
        return mounted("bpf").stream()
                .flatMap(bpffs -> deepestFirst(bpffs.resolve("firebreak/host_2f" + host)).stream())
                .filter(path -> path.getFileName().toString().startsWith("link_"))
                .toList();
    }

    private static void removeOne(Path path) {
        for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                Files.deleteIfExists(path);
                return;
            } catch (IOException busy) {
                Thread.onSpinWait();
            }
        }
    }

    private static List<Path> deepestFirst(Path top) {
        if (!Files.exists(top)) {
            return List.of();
        }
        try (var paths = Files.walk(top)) {
            return paths.sorted(Comparator.reverseOrder()).toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static List<Path> mounted(String type) {
        try (var lines = Files.lines(Path.of("/proc/self/mountinfo"))) {
            return lines.map(line -> line.split(" - ", 2))
                    .filter(halves -> halves[1].startsWith(type + " "))
                    .map(halves -> Path.of(halves[0].split(" ", -1)[4]))
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
