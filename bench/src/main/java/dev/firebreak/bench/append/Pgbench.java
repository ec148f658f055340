package dev.firebreak.bench.append;

import dev.firebreak.bench.measure.Sample;
import dev.firebreak.bench.postgres.Database;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The floor by PostgreSQL's own pgbench, where it is installed.
record Pgbench(Path program, String version) {

    private static final Pattern RATE = Pattern.compile("(?m)^tps = ([0-9.]+) ");
    private static final int MOST_THREADS = 2;

    /// From the PATH; PostgreSQL's embedded binaries do not bring it.
    static Optional<Pgbench> found() throws IOException, InterruptedException {
        var path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        var program =
                Stream.of(path.split(":", -1))
                        .map(directory -> Path.of(directory, "pgbench"))
                        .filter(Files::isExecutable)
                        .findFirst();
        return program.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Pgbench(
                                program.get(),
                                output(new ProcessBuilder(program.get().toString(), "--version"))
                                        .strip()));
    }

    Sample run(Database database, int clients, Duration slice, AxonTable.Row row)
            throws IOException, InterruptedException {
        var script = Files.createTempFile("append", ".sql");
        try {
            var hex = HexFormat.of();
            Files.writeString(
                    script,
                    AxonTable.PGBENCH.formatted(
                            hex.formatHex(row.metaData()), hex.formatHex(row.payload())));
            return Sample.of(rate(output(command(database, clients, slice, script))));
        } finally {
            Files.delete(script);
        }
    }

    private ProcessBuilder command(Database database, int clients, Duration slice, Path script) {
        var builder =
                new ProcessBuilder(
                        List.of(
                                program.toString(),
                                "--no-vacuum",
                                "--protocol=prepared",
                                "--client=" + clients,
                                "--jobs=" + Math.min(clients, MOST_THREADS),
                                "--time=" + Math.max(1, slice.toSeconds()),
                                "--file=" + script,
                                "--host=127.0.0.1",
                                "--port=" + database.port(),
                                "--username=" + database.owner().getUser(),
                                database.name()));
        builder.environment().put("PGPASSWORD", String.valueOf(database.owner().getPassword()));
        return builder;
    }

    /// Transactions a second, connecting not counted.
    static double rate(String output) {
        var match = RATE.matcher(output);
        if (!match.find()) {
            throw new IllegalStateException("pgbench did not say how fast it was:\n" + output);
        }
        var rate = Double.parseDouble(match.group(1));
        if (rate == 0) {
            throw new IllegalStateException(
                    "pgbench did nothing in its turn: this machine is too busy to be measured on");
        }
        return rate;
    }

    private static String output(ProcessBuilder command) throws IOException, InterruptedException {
        var process = command.redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("pgbench failed:\n" + output);
        }
        return output;
    }
}
