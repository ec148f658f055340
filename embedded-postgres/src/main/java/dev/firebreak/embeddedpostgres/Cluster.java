package dev.firebreak.embeddedpostgres;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A database cluster on disk: one owner with a generated password, one database, made whole or not
/// at all.
final class Cluster {
    static final String OWNER = "firebreak";
    static final String DATABASE = "firebreak";

    /// Part of the template's name in the cache: other options, other template.
    static final List<String> OPTIONS =
            List.of(
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale=C",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8",
                    "--data-checksums",
                    "--set=timezone=UTC",
                    "--set=log_timezone=UTC",
                    "--set=shared_buffers=64MB",
                    "--set=maintenance_work_mem=32MB",
                    "--set=max_wal_size=512MB",
                    "--set=autovacuum_max_workers=2",
                    "--set=io_method=sync",
                    "--set=jit=off");

    private static final Duration PREPARATION_LIMIT = Duration.ofMinutes(3);
    private static final int PASSWORD_BITS = 192;

    private Cluster() {}

    /// The password is written before it is used: an interrupted first start goes on with the same.
    static void prepare(Home home, Binaries binaries, Launch launch)
            throws IOException, InterruptedException {
        if (Files.isDirectory(home.data())) {
            requirePassword(home);
            return;
        }
        if (!Files.exists(home.password())) {
            Trees.writeSecret(home.password(), newPassword());
        }
        var staging = Files.createTempDirectory(home.root(), Trees.UNFINISHED + "postgres-");
        var passwordFile = staging.resolve("password");
        Trees.writeSecret(passwordFile, password(home));
        Trees.give(staging, launch.account());
        initialise(staging, passwordFile, binaries, launch);
        Binaries.putInPlace(staging.resolve("data"), home.data());
        Trees.delete(staging);
    }

    static String password(Home home) throws IOException {
        return Files.readString(home.password(), StandardCharsets.US_ASCII).strip();
    }

    private static void requirePassword(Home home) {
        if (!Files.exists(home.password())) {
            throw new EmbeddedPostgresException(
                    "%s is missing, and nobody can log in to %s without it. Restore the file, or move %s away to begin with an empty database."
                            .formatted(home.password(), home.data(), home.data()));
        }
    }

    private static void initialise(
            Path staging, Path passwordFile, Binaries binaries, Launch launch)
            throws IOException, InterruptedException {
        var data = staging.resolve("data").toString();
        var initdb =
                new ArrayList<>(
                        List.of(
                                binaries.program("initdb"),
                                "--pgdata=" + data,
                                "--username=" + OWNER,
                                "--pwfile=" + passwordFile,
                                "--no-sync",
                                "--no-instructions"));
        initdb.addAll(OPTIONS);
        run(staging, initdb, launch, "");
        run(
                staging,
                List.of(binaries.program("postgres"), "--single", "-j", "-D", data, "postgres"),
                launch,
                "create database " + DATABASE + ";\n");
    }

    private static void run(Path staging, List<String> command, Launch launch, String input)
            throws IOException, InterruptedException {
        var output = staging.resolve("output");
        var process =
                launch.start(staging, ProcessBuilder.Redirect.appendTo(output.toFile()), command);
        try (var stdin = process.outputWriter(StandardCharsets.US_ASCII)) {
            stdin.write(input);
        }
        if (!process.waitFor(PREPARATION_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
            throw new EmbeddedPostgresException(
                    "%s did not end within %s. %s"
                            .formatted(
                                    command.getFirst(), PREPARATION_LIMIT, LogFile.tail(output)));
        }
        if (process.exitValue() != 0) {
            throw new EmbeddedPostgresException(
                    "%s failed with exit code %d. %s"
                            .formatted(
                                    command.getFirst(), process.exitValue(), LogFile.tail(output)));
        }
    }

    private static String newPassword() {
        return new BigInteger(PASSWORD_BITS, new SecureRandom())
                .setBit(PASSWORD_BITS)
                .toString(Character.MAX_RADIX);
    }
}
