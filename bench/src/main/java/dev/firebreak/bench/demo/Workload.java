package dev.firebreak.bench.demo;

import dev.firebreak.bench.instance.Undo;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// An [Actor] as a process of its own, in a cgroup of its own.
final class Workload {

    private final BufferedReader answers;
    private final Writer orders;

    private Workload(Process process) {
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.orders = process.outputWriter(StandardCharsets.UTF_8);
    }

    static Workload start(Path cgroup, Undo undo) throws IOException {
        Files.createDirectories(cgroup);
        return start(
                undo,
                process ->
                        Files.writeString(
                                cgroup.resolve("cgroup.procs"), Long.toString(process.pid())));
    }

    /// Where cgroups are not ours to make.
    static Workload startOutside(Undo undo) throws IOException {
        return start(undo, _ -> {});
    }

    private interface Placing {
        void place(Process process) throws IOException;
    }

    private static Workload start(Undo undo, Placing placing) throws IOException {
        var process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx32m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Actor.class.getName())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        undo.add(() -> process.destroyForcibly().onExit().join());
        placing.place(process);
        var workload = new Workload(process);
        workload.expect("ready");
        return workload;
    }

    /// Says a line and gives the line that comes back.
    String told(String order) {
        try {
            orders.write(order + "\n");
            orders.flush();
            var answer = answers.readLine();
            if (answer == null) {
                throw new IllegalStateException("the workload has ended");
            }
            return answer;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private void expect(String line) throws IOException {
        if (!line.equals(answers.readLine())) {
            throw new IllegalStateException("the workload did not start");
        }
    }
}
