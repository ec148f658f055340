package dev.firebreak.bench.instance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// One Firebreak, started the way the launcher starts it, with everything that it starts itself.
public final class Service implements AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofMinutes(3);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(40);
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    private static final int SHOWN_LINES = 30;

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private final Setup setup;
    private final Process process;

    private Service(Setup setup, Process process) {
        this.setup = setup;
        this.process = process;
    }

    /// Where it lives and what it is told; the same setup again finds what the last run left.
    ///
    /// @param home the repository's root, built
    public record Setup(
            Path home,
            Path data,
            int port,
            int agentsPort,
            List<String> options,
            Map<String, String> environment) {

        public Setup {
            options = List.copyOf(options);
            environment = Map.copyOf(environment);
        }

        /// On free ports of loopback.
        public static Setup on(
                Path home, Path data, List<String> options, Map<String, String> environment) {
            return new Setup(home, data, freePort(), freePort(), options, environment);
        }

        public String url() {
            return "http://127.0.0.1:" + port;
        }

        public Path log() {
            return data.resolveSibling(data.getFileName() + ".log");
        }

        Path jar() {
            return home.resolve("service/target/quarkus-app/quarkus-run.jar");
        }
    }

    /// Starts it without waiting. Whatever happens, undoing kills it and all that it started.
    public static Service launch(Setup setup, Undo undo) throws IOException {
        if (!Files.isRegularFile(setup.jar())) {
            throw new IllegalStateException(
                    setup.jar() + " is missing; run this by ./firebreak, which builds it.");
        }
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("--sun-misc-unsafe-memory-access=allow");
        command.add("-Dfirebreak.home=" + setup.home());
        command.addAll(List.of("-jar", setup.jar().toString()));
        command.addAll(List.of("--data", setup.data().toString()));
        command.addAll(List.of("--port", Integer.toString(setup.port())));
        command.addAll(List.of("--agents-port", Integer.toString(setup.agentsPort())));
        command.addAll(setup.options());
        var builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(setup.log().toFile()));
        builder.environment().putAll(setup.environment());
        var service = new Service(setup, builder.start());
        undo.add(service::killAll);
        return service;
    }

    /// Starts it and returns when it is ready.
    public static Service start(Setup setup, Undo undo) throws IOException, InterruptedException {
        var service = launch(setup, undo);
        try {
            service.awaitReady();
            return service;
        } catch (IOException | InterruptedException | RuntimeException failed) {
            service.killAll();
            throw failed;
        }
    }

    public void awaitReady() throws IOException, InterruptedException {
        var deadline = System.nanoTime() + READY_WITHIN.toNanos();
        while (!isReady()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "Firebreak does not get ready. It said:\n" + said());
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    public boolean isReady() throws InterruptedException {
        try {
            var request =
                    HttpRequest.newBuilder(URI.create(setup.url() + "/q/health/ready"))
                            .timeout(Duration.ofSeconds(5));
            return HTTP.send(request.build(), BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException _) {
            return false;
        }
    }

    /// As the admin of this data directory.
    public Rest rest() throws IOException {
        return new Rest(setup.url(), Files.readString(setup.data().resolve("admin.token")).strip());
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /// Everything that it started and that still runs, itself last.
    public List<ProcessHandle> all() {
        var all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        return all;
    }

    /// `kill -9` of the service alone.
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /// `kill -9` of it and of everything that it started.
    public void killAll() {
        var all = all();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(each ->
                each.onExit().orTimeout(10, TimeUnit.SECONDS).exceptionally(_ -> each).join());
    }

    /// As Ctrl-C does.
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                killAll();
            }
        } catch (InterruptedException _) {
            killAll();
            Thread.currentThread().interrupt();
        }
    }

    /// Its last words.
    public String said() {
        try {
            var lines = Files.readAllLines(setup.log());
            return String.join(
                    "\n", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
