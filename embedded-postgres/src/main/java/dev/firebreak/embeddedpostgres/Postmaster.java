package dev.firebreak.embeddedpostgres;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// One running PostgreSQL server, from fork to exit.
final class Postmaster {
    /// On the command line, where neither postgresql.conf nor ALTER SYSTEM can weaken them.
    /// Statements are never logged: they may hold secrets.
    private static final List<String> SETTINGS =
            List.of(
                    "fsync=on",
                    "synchronous_commit=on",
                    "full_page_writes=on",
                    "listen_addresses=127.0.0.1",
                    "unix_socket_directories=",
                    "password_encryption=scram-sha-256",
                    "logging_collector=off",
                    "log_min_error_statement=panic",
                    "log_error_verbosity=terse");

    /// A recovery after a crash replays at most max_wal_size, which takes seconds; a slow disk gets
    /// more.
    private static final Duration READY_LIMIT = Duration.ofMinutes(2);

    private static final Duration POLL = Duration.ofMillis(10);
    private static final Duration FAST = Duration.ofSeconds(30);
    private static final Duration IMMEDIATE = Duration.ofSeconds(5);

    private final Process process;
    private final Optional<Watchdog> watchdog;

    private Postmaster(Process process, Optional<Watchdog> watchdog) {
        this.process = process;
        this.watchdog = watchdog;
    }

    /// Must be called by a thread that lives as long as the server shall: its end tells the server
    /// to stop.
    static Postmaster start(Home home, Binaries binaries, Launch launch, int port)
            throws IOException, InterruptedException {
        LogFile.prepare(home);
        var output = ProcessBuilder.Redirect.appendTo(home.log().toFile());
        var process = launch.start(home.root(), output, command(home, binaries, port));
        process.getOutputStream().close();
        var watchdog =
                Launch.kernelBinds()
                        ? Optional.<Watchdog>empty()
                        : Optional.of(Watchdog.over(process));
        var postmaster = new Postmaster(process, watchdog);
        postmaster.awaitReady(home);
        return postmaster;
    }

    CompletableFuture<Process> ended() {
        return process.onExit();
    }

    long pid() {
        return process.pid();
    }

    /// Fast first; what does not end in time is stopped as in a crash, from which the next start
    /// recovers.
    void stop() throws InterruptedException {
        Signal.INT.send(process.toHandle());
        if (!process.waitFor(FAST.toMillis(), TimeUnit.MILLISECONDS)) {
            Signal.QUIT.send(process.toHandle());
            if (!process.waitFor(IMMEDIATE.toMillis(), TimeUnit.MILLISECONDS)) {
                Signal.KILL.send(process.toHandle());
                process.waitFor();
            }
        }
        watchdog.ifPresent(Watchdog::close);
    }

    private static List<String> command(Home home, Binaries binaries, int port) {
        var command =
                new ArrayList<>(
                        List.of(
                                binaries.program("postgres"),
                                "-D",
                                home.data().toString(),
                                "-c",
                                "port=" + port));
        SETTINGS.forEach(setting -> command.addAll(List.of("-c", setting)));
        return command;
    }

    private void awaitReady(Home home) throws IOException, InterruptedException {
        var deadline = System.nanoTime() + READY_LIMIT.toNanos();
        while (System.nanoTime() < deadline) {
            if (process.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
                watchdog.ifPresent(Watchdog::close);
                throw new EmbeddedPostgresException(
                        "PostgreSQL ended while starting, exit code %d. %s"
                                .formatted(process.exitValue(), LogFile.tail(home.log())));
            }
            if (PidFile.read(home.data()).filter(this::isReady).isPresent()) {
                return;
            }
        }
        stop();
        throw new EmbeddedPostgresException(
                "PostgreSQL was not ready within %s. %s"
                        .formatted(READY_LIMIT, LogFile.tail(home.log())));
    }

    private boolean isReady(PidFile file) {
        return file.ready() && file.pid() == process.pid();
    }
}
