package dev.firebreak.embeddedpostgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What PostgreSQL says of itself in postmaster.pid.
record PidFile(long pid, boolean ready) {
    private static final int STATUS_LINE = 7;

    static Optional<PidFile> read(Path data) throws IOException {
        try {
            return parse(Files.readAllLines(data.resolve("postmaster.pid")));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    /// Half-written files say nothing yet. Single-user mode writes its pid negated.
    static Optional<PidFile> parse(List<String> lines) {
        if (lines.isEmpty() || !lines.getFirst().strip().matches("-?\\d{1,10}")) {
            return Optional.empty();
        }
        var ready = lines.size() > STATUS_LINE && lines.get(STATUS_LINE).strip().equals("ready");
        return Optional.of(new PidFile(Math.abs(Long.parseLong(lines.getFirst().strip())), ready));
    }
}
