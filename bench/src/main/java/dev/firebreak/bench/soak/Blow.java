package dev.firebreak.bench.soak;

import dev.firebreak.bench.instance.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;

/// Who is killed, with -9 and without a word.
enum Blow {
    SERVICE,
    POSTMASTER,
    BOTH;

    /// Half of them hit PostgreSQL alone, which is soon back; the rest cost a whole start.
    static Blow random(SplittableRandom random) {
        return switch (random.nextInt(4)) {
            case 0 -> SERVICE;
            case 1 -> BOTH;
            default -> POSTMASTER;
        };
    }

    boolean hitsService() {
        return this != POSTMASTER;
    }

    /// False when PostgreSQL was not there to be hit, in the middle of its own start.
    boolean strike(Service service, Path data) throws IOException, InterruptedException {
        var postmaster = postmaster(service, data);
        if (this != SERVICE) {
            postmaster.ifPresent(ProcessHandle::destroyForcibly);
        }
        if (hitsService()) {
            service.kill();
        }
        return hitsService() || postmaster.isPresent();
    }

    /// By its own pid file, and only when it is a child of this very service.
    private static Optional<ProcessHandle> postmaster(Service service, Path data)
            throws IOException {
        var file = data.resolve("postgres").resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        var pid = Files.readAllLines(file).stream().findFirst().orElse("").strip();
        return service.all().stream()
                .filter(process -> Long.toString(process.pid()).equals(pid))
                .findFirst();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
