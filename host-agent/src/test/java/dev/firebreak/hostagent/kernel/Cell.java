package dev.firebreak.hostagent.kernel;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A cgroup of a test with one {@link Workload} inside.
final class Cell implements AutoCloseable {

    private final Path cgroup;
    private final Process process;
    private final BufferedReader answers;

    private Cell(Path cgroup, Process process) {
        this.cgroup = cgroup;
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
    }

    static Cell start(Path cgroup, String... before) {
        try {
            Files.createDirectories(cgroup);
            List<String> command = new ArrayList<>(List.of(before));
            command.addAll(
                    List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                            "-Xmx64m",
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Workload.class.getName()));
            Process process =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            var cell = new Cell(cgroup, process);
            cell.moveTo(cgroup);
            if (!"ready".equals(cell.answers.readLine())) {
                throw new IllegalStateException("the workload did not start");
            }
            return cell;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void moveTo(Path other) {
        try {
            Files.createDirectories(other);
            Files.writeString(other.resolve("cgroup.procs"), Long.toString(process.pid()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String does(String command) {
        try {
            process.outputWriter(StandardCharsets.UTF_8).write(command + "\n");
            process.outputWriter(StandardCharsets.UTF_8).flush();
            String answer = answers.readLine();
            if (answer == null) {
                throw new IllegalStateException("the workload is gone");
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
        remove(cgroup);
    }

    /// A cgroup can be removed once the kernel has let go of its last process.
    static void remove(Path cgroup) {
        for (int attempt = 0; attempt < 1_000; attempt++) {
            try {
                Files.deleteIfExists(cgroup);
                return;
            } catch (IOException busy) {
                Thread.onSpinWait();
            }
        }
    }
}
