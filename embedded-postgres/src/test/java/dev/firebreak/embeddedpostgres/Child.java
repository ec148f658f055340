package dev.firebreak.embeddedpostgres;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A JVM of its own that can be killed: it does what its mode says, tells so in one line, and stays
/// until its input ends.
record Child(Process process, String said) implements AutoCloseable {
    private static final String STARTED = "started ";

    public static void main(String[] arguments) throws Exception {
        switch (arguments[0]) {
            case "server" -> {
                var postgres = EmbeddedPostgres.start(Path.of(arguments[1]));
                System.out.println(STARTED + postgres.jdbcUrl());
            }
            case "rows" -> System.out.println(STARTED + rowsAfterTwoStarts(Path.of(arguments[1])));
            case "watchdog" -> System.out.println(STARTED + watchedSleep().pid());
            default -> throw new IllegalArgumentException(arguments[0]);
        }
        System.in.transferTo(System.out);
    }

    static Child server(Path directory) throws IOException {
        return start(List.of(), System.getProperty("java.class.path"), "server", directory);
    }

    static Child start(List<String> prefix, String classPath, String mode, Path directory)
            throws IOException {
        var command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx64m", "-XX:TieredStopAtLevel=1", "-cp", classPath));
        command.addAll(List.of(Child.class.getName(), mode, directory.toString()));
        var builder = new ProcessBuilder(command).directory(new File("/"));
        var process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        var line = process.inputReader(StandardCharsets.UTF_8).readLine();
        if (line == null || !line.startsWith(STARTED)) {
            throw new IllegalStateException("The child said " + line);
        }
        return new Child(process, line.substring(STARTED.length()));
    }

    void killed() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static long rowsAfterTwoStarts(Path directory) throws Exception {
        try (var first = EmbeddedPostgres.start(directory)) {
            Rows.createTable(first.jdbcUrl(), first.password());
            Rows.insert(first.jdbcUrl(), first.password(), 1);
        }
        try (var second = EmbeddedPostgres.start(directory)) {
            return Rows.count(second.jdbcUrl(), second.password());
        }
    }

    private static Process watchedSleep() throws IOException {
        var sleep = new ProcessBuilder("sleep", "600").start();
        Watchdog.over(sleep);
        return sleep;
    }
}
