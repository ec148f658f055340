package dev.firebreak.whole;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A host agent as an operator starts it on a host of its own.
record Agent(Process process, Path log) implements AutoCloseable {

    private static final long STOP_WITHIN_SECONDS = 20;

    /// @param host which of the [Networks] it dials from
    static Agent start(int host, Path state, int servicePort, String... options) {
        var command = new ArrayList<>(List.of(Networks.on(host)));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx32m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(
                List.of(
                        "-jar",
                        Instance.HOME.resolve("host-agent/target/host-agent.jar").toString(),
                        "--service",
                        "https://%s:%d".formatted(Networks.SERVICE, servicePort),
                        "--state",
                        state.toString()));
        command.addAll(List.of(options));
        var log = state.resolveSibling(state.getFileName() + ".log");
        try {
            Files.createDirectories(state.getParent());
            return new Agent(
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start(),
                    log);
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

    /// How it ended by itself.
    int exitCode() {
        awaitEnd();
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroy();
        awaitEnd();
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(STOP_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("the agent does not end:\n" + output());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
