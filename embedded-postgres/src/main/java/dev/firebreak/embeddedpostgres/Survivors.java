package dev.firebreak.embeddedpostgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Processes of an earlier server that still work in our data directory although its JVM is gone.
///
/// We hold the directory's lock, so they are nobody else's.
final class Survivors {
    private static final System.Logger LOG = System.getLogger(Survivors.class.getName());
    private static final Duration FAST = Duration.ofSeconds(30);
    private static final Duration IMMEDIATE = Duration.ofSeconds(5);
    private static final Duration KILLED = Duration.ofSeconds(5);

    private Survivors() {}

    /// A postmaster.pid whose number now belongs to a stranger would keep PostgreSQL from starting;
    /// one whose process is dead is left to PostgreSQL, which checks the shared memory it names.
    static void stop(Path data) throws IOException, InterruptedException {
        var left = in(data);
        if (left.isEmpty()) {
            if (postmaster(data).isPresent()) {
                Files.deleteIfExists(data.resolve("postmaster.pid"));
            }
            return;
        }
        LOG.log(
                System.Logger.Level.WARNING,
                "stopping what an earlier PostgreSQL left running, processes={0}",
                left.stream().map(ProcessHandle::pid).toList());
        postmaster(data).filter(left::contains).ifPresent(Signal.INT::send);
        if (ended(left, FAST)) {
            return;
        }
        left.forEach(Signal.QUIT::send);
        if (ended(left, IMMEDIATE)) {
            return;
        }
        left.forEach(Signal.KILL::send);
        if (!ended(left, KILLED)) {
            throw new EmbeddedPostgresException(
                    "Processes %s still work in %s and cannot be stopped."
                            .formatted(left.stream().map(ProcessHandle::pid).toList(), data));
        }
    }

    /// Whoever postmaster.pid names, if that number is alive at all.
    private static Optional<ProcessHandle> postmaster(Path data) throws IOException {
        return PidFile.read(data).flatMap(file -> ProcessHandle.of(file.pid()));
    }

    /// Every process of a server has the data directory as its working directory. Where that cannot
    /// be seen (no /proc), the postmaster is recognised by its program.
    private static List<ProcessHandle> in(Path data) throws IOException {
        if (Files.isDirectory(Path.of("/proc/self"))) {
            return ProcessHandle.allProcesses().filter(process -> worksIn(process, data)).toList();
        }
        return postmaster(data)
                .filter(process -> process.info().command().orElse("").endsWith("/postgres"))
                .stream()
                .toList();
    }

    private static boolean worksIn(ProcessHandle process, Path data) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "cwd"))
                    .equals(data);
        } catch (IOException goneOrNotOurs) {
            return false;
        }
    }

    private static boolean ended(List<ProcessHandle> processes, Duration limit)
            throws InterruptedException {
        var exits = processes.stream().map(ProcessHandle::onExit);
        try {
            CompletableFuture.allOf(exits.toArray(CompletableFuture[]::new))
                    .get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException _) {
            return false;
        } catch (ExecutionException broken) {
            throw new IllegalStateException(
                    "waiting for the end of " + processes, broken.getCause());
        }
    }
}
