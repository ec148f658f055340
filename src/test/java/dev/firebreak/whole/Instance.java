package dev.firebreak.whole;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// One real Firebreak, started as a process from what was packaged, and spoken to over HTTP.
final class Instance implements AutoCloseable {

    static final Path HOME = Path.of(System.getProperty("firebreak.home", ".."));

    private static final Duration READY_WITHIN = Duration.ofSeconds(90);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(20);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private final Path data;
    private final int port;
    private final int agentsPort;
    private final Path log;
    private final Process process;

    private Instance(Path data, int port, int agentsPort, Path log, Process process) {
        this.data = data;
        this.port = port;
        this.agentsPort = agentsPort;
        this.log = log;
        this.process = process;
    }

    /// Starts one on this data directory, with settings as environment variables, without waiting.
    static Instance launch(Path data, Map<String, String> environment, String... options) {
        var port = freePort();
        var agentsPort = freePort();
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("--sun-misc-unsafe-memory-access=allow");
        command.add("-Dfirebreak.home=" + HOME);
        command.add("-jar");
        command.add(HOME.resolve("service/target/quarkus-app/quarkus-run.jar").toString());
        command.addAll(List.of("--data", data.toString(), "--port", Integer.toString(port)));
        command.addAll(List.of("--agents-port", Integer.toString(agentsPort)));
        command.addAll(Arrays.asList(options));
        try {
            Files.createDirectories(data.getParent());
            var log = data.resolveSibling(data.getFileName() + "-" + port + ".log");
            var builder =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile());
            builder.environment().putAll(new TreeMap<>(environment));
            return new Instance(data, port, agentsPort, log, builder.start());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Starts one and waits until it is ready.
    static Instance start(Path data, Map<String, String> environment, String... options) {
        var instance = launch(data, environment, options);
        instance.awaitReady();
        return instance;
    }

    void awaitReady() {
        var deadline = System.nanoTime() + READY_WITHIN.toNanos();
        while (!isReady()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new AssertionError("Firebreak is not ready:\n" + output());
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    HttpResponse<String> post(String path, String json) {
        return send(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json)));
    }

    HttpRequest.Builder request(String path) {
        return anonymous(path).header("Authorization", "Bearer " + adminToken());
    }

    HttpRequest.Builder anonymous(String path) {
        return HttpRequest.newBuilder(URI.create(url() + path)).timeout(Duration.ofSeconds(30));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /// Where host agents dial.
    int agentsPort() {
        return agentsPort;
    }

    Path data() {
        return data;
    }

    Process process() {
        return process;
    }

    String adminToken() {
        try {
            return Files.readString(data.resolve("admin.token")).strip();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    String output() {
        try {
            return Files.readString(log);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// As `kill -9`, of it alone.
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /// As Ctrl-C or `kill`.
    void stop() {
        process.destroy();
        awaitEnd();
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("Firebreak does not end:\n" + output());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            stop();
        }
    }

    private boolean isReady() {
        try {
            var answer = HTTP.send(anonymous("/q/health/ready").build(), BodyHandlers.discarding());
            return answer.statusCode() == 200;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
