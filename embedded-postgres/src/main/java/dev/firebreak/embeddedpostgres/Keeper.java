package dev.firebreak.embeddedpostgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// The one thread that forks PostgreSQL, starts it again when it was killed, and stops it.
///
/// The kernel ties a child to the *thread* that forked it, so this is a platform thread that lives
/// as long as the server is wanted. When the JVM dies in whatever way, so does the thread, and the
/// server shuts down by itself.
final class Keeper {
    private static final System.Logger LOG = System.getLogger(Keeper.class.getName());
    private static final Duration START_LIMIT = Duration.ofMinutes(8);
    private static final Duration LOG_CHECK = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /// A free port may be taken by a stranger before PostgreSQL binds it.
    private static final int FIRST_STARTS = 3;

    private static final int RESTARTS = 5;

    private final Home home;
    private final DirectoryLock lock;
    private final CompletableFuture<Integer> port = new CompletableFuture<>();
    private final CompletableFuture<@Nullable Void> stopWanted = new CompletableFuture<>();
    private final Thread thread;

    private Keeper(Home home, DirectoryLock lock) {
        this.home = home;
        this.lock = lock;
        this.thread =
                Thread.ofPlatform()
                        .daemon()
                        .name("embedded-postgres-keeper")
                        .uncaughtExceptionHandler((_, broken) -> failed(broken))
                        .unstarted(this::run);
    }

    static Keeper of(Home home, DirectoryLock lock) {
        var keeper = new Keeper(home, lock);
        keeper.thread.start();
        return keeper;
    }

    int awaitPort() {
        try {
            return port.get(START_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof EmbeddedPostgresException said) {
                throw said;
            }
            throw new EmbeddedPostgresException(
                    "PostgreSQL could not be started in %s: %s"
                            .formatted(home.root(), failed.getCause()),
                    failed);
        } catch (TimeoutException late) {
            stop();
            throw new EmbeddedPostgresException(
                    "PostgreSQL in %s was not prepared and started within %s."
                            .formatted(home.root(), START_LIMIT),
                    late);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            stopWanted.complete(null);
            throw new EmbeddedPostgresException(
                    "Interrupted while PostgreSQL was starting.", interrupted);
        }
    }

    /// Returns when the server has ended; a second call finds nothing to do.
    void stop() {
        stopWanted.complete(null);
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new EmbeddedPostgresException(
                    "Interrupted while PostgreSQL was stopping; it goes on stopping.", interrupted);
        }
    }

    private void run() {
        try (lock) {
            Trees.deleteStartingWith(home.root(), Trees.UNFINISHED);
            var account = Account.running(home.data());
            account.mustReach(home.root());
            var launch = new Launch(account);
            var binaries = Binaries.unpackedIn(home.root());
            Cluster.prepare(home, binaries, launch);
            Survivors.stop(home.data());
            keep(binaries, launch, startOnFreePort(binaries, launch));
        } catch (IOException | InterruptedException failed) {
            failed(failed);
        }
    }

    /// Whoever waits for the start hears it; afterwards only the log can tell.
    private void failed(Throwable failure) {
        if (!port.completeExceptionally(failure)) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "PostgreSQL is gone and stays away until the next start, directory="
                            + home.root(),
                    failure);
        }
    }

    private Postmaster startOnFreePort(Binaries binaries, Launch launch)
            throws IOException, InterruptedException {
        for (var attempt = 1; ; attempt++) {
            var candidate = freePort();
            try {
                var started = Postmaster.start(home, binaries, launch, candidate);
                port.complete(candidate);
                return started;
            } catch (EmbeddedPostgresException failed) {
                if (attempt == FIRST_STARTS || !portWasTaken(failed)) {
                    throw failed;
                }
            }
        }
    }

    private void keep(Binaries binaries, Launch launch, Postmaster first)
            throws IOException, InterruptedException {
        var server = first;
        while (!awaitEnd(server)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "PostgreSQL ended by itself and is started again, pid={0}",
                    Long.toString(server.pid()));
            server = startAgain(binaries, launch);
        }
    }

    /// Whether it ended because we wanted it to.
    private boolean awaitEnd(Postmaster server) throws InterruptedException {
        while (!first(LOG_CHECK, server.ended(), stopWanted)) {
            boundLog();
        }
        if (stopWanted.isDone()) {
            server.stop();
        }
        return stopWanted.isDone();
    }

    /// A full disk must not end the thread that the server lives by.
    private void boundLog() {
        try {
            LogFile.bound(home);
        } catch (IOException failed) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "PostgreSQL's log could not be bounded, file=" + home.log(),
                    failed);
        }
    }

    /// On the same port, so that connection pools find it.
    private Postmaster startAgain(Binaries binaries, Launch launch)
            throws IOException, InterruptedException {
        for (var attempt = 1; ; attempt++) {
            try {
                Survivors.stop(home.data());
                return Postmaster.start(home, binaries, launch, port.join());
            } catch (EmbeddedPostgresException | IOException failed) {
                if (attempt == RESTARTS || first(PAUSE, stopWanted)) {
                    throw failed;
                }
            }
        }
    }

    private static boolean first(Duration limit, CompletableFuture<?>... any)
            throws InterruptedException {
        try {
            CompletableFuture.anyOf(any).get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException _) {
            return false;
        } catch (ExecutionException broken) {
            throw new IllegalStateException("waiting for PostgreSQL's end", broken.getCause());
        }
    }

    private static boolean portWasTaken(EmbeddedPostgresException failed) {
        return String.valueOf(failed.getMessage()).contains("could not bind");
    }

    static int freePort() throws IOException {
        try (var socket =
                new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            return socket.getLocalPort();
        }
    }
}
