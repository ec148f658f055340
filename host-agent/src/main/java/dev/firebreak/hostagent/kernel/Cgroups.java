package dev.firebreak.hostagent.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/// The cgroup2 tree: names to ids (the inode of the directory), and who lives below.
final class Cgroups {

    private Cgroups() {}

    static OptionalLong id(Path directory) {
        try {
            if (!Files.isDirectory(directory)) {
                return OptionalLong.empty();
            }
            return OptionalLong.of((Long) Files.getAttribute(directory, "unix:ino"));
        } catch (NoSuchFileException e) {
            return OptionalLong.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The ids of a cgroup and of all below it.
    static Set<Long> subtree(Path top) {
        Set<Long> ids = new HashSet<>();
        walk(top, directory -> id(directory).ifPresent(ids::add));
        return ids;
    }

    /// The processes of a cgroup and of all below it.
    static List<Integer> processes(Path top) {
        List<Integer> processes = new ArrayList<>();
        walk(top, directory -> processes.addAll(members(directory)));
        return processes;
    }

    private static List<Integer> members(Path directory) {
        try {
            return Files.readAllLines(directory.resolve("cgroup.procs")).stream()
                    .map(Integer::valueOf)
                    .toList();
        } catch (IOException e) {
            // Gone between listing and reading, or a threaded cgroup, whose processes its parent
            // lists.
            return List.of();
        }
    }

    private interface Visitor {
        void visit(Path directory);
    }

    private static void walk(Path top, Visitor visitor) {
        if (!Files.isDirectory(top)) {
            return;
        }
        try {
            Files.walkFileTree(
                    top,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult preVisitDirectory(Path d, BasicFileAttributes a) {
                            visitor.visit(d);
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFileFailed(Path file, IOException e) {
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
