package dev.firebreak.bench.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/// Directories of a run.
public final class Trees {

    private Trees() {}

    /// Deletes a directory and all below it, without following links.
    public static void delete(Path directory) {
        try (var all = Files.walk(directory)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(directory + " could not be deleted", failed);
        }
    }
}
