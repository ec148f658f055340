package dev.firebreak.hostagent.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/// Where one enforcer's installations are pinned: `<bpffs>/firebreak/<enforcer>/<number>-<object
/// digest>`.
final class Pins {

    private final Path directory;

    Pins(Path bpffs, String enforcer) {
        this.directory = bpffs.resolve("firebreak").resolve(safe(enforcer));
    }

    /// Newest first.
    List<Path> installations() {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (var list = Files.list(directory)) {
            return list.sorted(Comparator.comparingInt(Pins::number).reversed()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path next(String digest) {
        int newest = installations().stream().mapToInt(Pins::number).max().orElse(0);
        return directory.resolve((newest + 1) + "-" + digest);
    }

    static String digest(Path installation) {
        String name = String.valueOf(installation.getFileName());
        return name.substring(name.indexOf('-') + 1);
    }

    private static int number(Path installation) {
        String name = String.valueOf(installation.getFileName());
        return Integer.parseInt(name.substring(0, name.indexOf('-')));
    }

    /// bpffs takes no dots in names; what is not a letter, digit or dash is written as its bytes.
    static String safe(String enforcer) {
        var safe = new StringBuilder();
        for (byte b : enforcer.getBytes(StandardCharsets.UTF_8)) {
            boolean plain =
                    b == '-'
                            || (b >= '0' && b <= '9')
                            || (b >= 'a' && b <= 'z')
                            || (b >= 'A' && b <= 'Z');
            safe.append(plain ? Character.toString(b) : String.format("_%02x", b & 0xff));
        }
        return safe.toString();
    }
}
