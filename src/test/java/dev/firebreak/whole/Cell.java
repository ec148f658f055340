package dev.firebreak.whole;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A cgroup of a test with one [Caller] inside: what a workload is to the kernel.
final class Cell implements AutoCloseable {

    static final int EPERM = 1;

    private final Path cgroup;
    private final Process process;
    private final BufferedReader answers;

    private Cell(Path cgroup, Process process) {
        this.cgroup = cgroup;
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /// @param before what the command line begins with, such as nsenter
    static Cell start(Path cgroup, String... before) {
        try {
            Files.createDirectories(cgroup);
            var command = new ArrayList<>(List.of(before));
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(List.of("-Xmx32m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
            command.add("--enable-native-access=ALL-UNNAMED");
            command.addAll(List.of("-cp", classes(), Caller.class.getName()));
            var builder = new ProcessBuilder(command);
            var process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
            // Before it opens its first socket: a socket stays in the cgroup it was born in.
            Files.writeString(cgroup.resolve("cgroup.procs"), Long.toString(process.pid()));
            var cell = new Cell(cgroup, process);
            cell.expect("ready");
            return cell;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// How a new connect ended.
    record Attempt(int errno, long micros) {

        boolean isAllowed() {
            return errno == 0;
        }

        boolean isDenied() {
            return errno == EPERM;
        }
    }

    /// When a watched address was last refused and first let through; 0 for never.
    record Opening(long lastRefusedMillis, long openMillis) {}

    Attempt connect(String address, int port) {
        var words = does("connect %s %d".formatted(address, port)).split(" ", -1);
        return new Attempt(Integer.parseInt(words[0]), Long.parseLong(words[1]));
    }

    Opening watch(String address, int port, long untilMillis) {
        var words = does("watch %s %d %d".formatted(address, port, untilMillis)).split(" ", -1);
        return new Opening(Long.parseLong(words[0]), Long.parseLong(words[1]));
    }

    /// What came of many watched denies.
    record Ends(int refused, int early, int openInTime, int open, long latestMillis) {}

    Ends watch(Path ends, int port, long untilMillis) {
        var words = does("lapses %s %d %d".formatted(ends, port, untilMillis)).split(" ", -1);
        return new Ends(
                Integer.parseInt(words[0]),
                Integer.parseInt(words[1]),
                Integer.parseInt(words[2]),
                Integer.parseInt(words[3]),
                Long.parseLong(words[4]));
    }

    int listen(String address) {
        return Integer.parseInt(does("listen " + address));
    }

    String does(String command) {
        try {
            process.outputWriter(StandardCharsets.UTF_8).write(command + "\n");
            process.outputWriter(StandardCharsets.UTF_8).flush();
            return heard();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
        Kernel.remove(cgroup);
    }

    private void expect(String answer) throws IOException {
        var heard = heard();
        if (!answer.equals(heard)) {
            throw new IllegalStateException("the caller said " + heard);
        }
    }

    private String heard() throws IOException {
        var answer = answers.readLine();
        if (answer == null) {
            throw new IllegalStateException("the caller in " + cgroup + " is gone");
        }
        return answer;
    }

    /// Only where the caller lives: a small process on a small path.
    private static String classes() {
        return Path.of(Cell.class.getProtectionDomain().getCodeSource().getLocation().getPath())
                .toString();
    }
}
