package dev.firebreak.embeddedpostgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What /proc says.
final class Processes {
    private Processes() {}

    static List<ProcessHandle> workingBelow(Path directory) {
        return ProcessHandle.allProcesses()
                .filter(process -> workingDirectory(process).startsWith(directory))
                .toList();
    }

    static List<String> commandLinesBelow(Path directory) throws IOException {
        var lines = new ArrayList<String>();
        for (var process : workingBelow(directory)) {
            var file = Path.of("/proc", Long.toString(process.pid()), "cmdline");
            lines.add(Files.readString(file, StandardCharsets.ISO_8859_1));
        }
        return lines;
    }

    private static Path workingDirectory(ProcessHandle process) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "cwd"));
        } catch (IOException gone) {
            return Path.of("/");
        }
    }
}
