package dev.firebreak.eventlog.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/// By hand: how many appends a second this machine does, for 1, 16 and 64 senders, each one event
/// with a command key, beside pgbench committing one row of the stock Axon shape a transaction. Not
/// a test; `bench` compares properly.
final class AppendRate {

    private static final Duration SPAN = Duration.ofSeconds(2);
    private static final int PAIRS = 5;

    private AppendRate() {}

    static void main() throws InterruptedException, IOException {
        warm();
        for (var clients : List.of(1, 16, 64)) {
            var ratios = new ArrayList<Double>();
            for (var pair = 0; pair < PAIRS; pair++) {
                ratios.add(pair(clients));
            }
            ratios.sort(null);
            System.out.printf("%d clients: median ratio %.2f%n", clients, ratios.get(PAIRS / 2));
        }
    }

    private static double pair(int clients) throws IOException, InterruptedException {
        var database = TestDatabase.create();
        var floor = pgbench(database, clients);
        try (var log = PostgresLog.open(database.application())) {
            var ours = rate(log, clients, SPAN);
            System.out.printf("%d clients: %.0f appends/s, pgbench %.0f/s%n", clients, ours, floor);
            return ours / floor;
        }
    }

    private static void warm() throws InterruptedException {
        try (var log = PostgresLog.open(TestDatabase.create().application())) {
            rate(log, 16, SPAN.multipliedBy(3));
        }
    }

    private static double pgbench(TestDatabase database, int clients)
            throws IOException, InterruptedException {
        database.sql(
                """
                CREATE TABLE floor (
                    global_index bigserial PRIMARY KEY,
                    event_identifier varchar(255) NOT NULL UNIQUE,
                    aggregate_identifier varchar(255) NOT NULL,
                    sequence_number bigint NOT NULL,
                    type varchar(255), time_stamp varchar(255), payload_type varchar(255),
                    payload bytea, meta_data bytea,
                    UNIQUE (aggregate_identifier, sequence_number))
                """);
        var script = Files.createTempFile("floor", ".sql");
        Files.writeString(
                script,
                """
                INSERT INTO floor (event_identifier, aggregate_identifier, sequence_number, type,
                    time_stamp, payload_type, payload, meta_data)
                VALUES (gen_random_uuid()::text, 'enforcer/host/' || gen_random_uuid(), 0, 'test',
                    '2026-11-23T12:00:00Z', 'enforcer.silent', repeat('x', 120)::bytea,
                    repeat('y', 160)::bytea);
                """);
        var owner = database.owner();
        var pgbench =
                new ProcessBuilder(
                        "pgbench",
                        "-n",
                        "-M",
                        "prepared",
                        "-f",
                        script.toString(),
                        "-c",
                        "" + clients,
                        "-j",
                        "" + Math.min(clients, 4),
                        "-T",
                        "" + SPAN.toSeconds(),
                        "-h",
                        "127.0.0.1",
                        "-p",
                        "" + owner.getPortNumbers()[0],
                        "-U",
                        owner.getUser(),
                        owner.getDatabaseName());
        pgbench.environment().put("PGPASSWORD", owner.getPassword());
        var process = pgbench.redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), UTF_8);
        process.waitFor();
        var tps = Pattern.compile("tps = ([0-9.]+)").matcher(output);
        if (!tps.find()) {
            throw new IllegalStateException(output);
        }
        return Double.parseDouble(tps.group(1));
    }

    static double rate(PostgresLog log, int clients, Duration span) throws InterruptedException {
        var appended = new AtomicLong();
        var end = System.nanoTime() + span.toNanos();
        var senders = new ArrayList<Thread>();
        for (var client = 0; client < clients; client++) {
            var name = "c" + client;
            senders.add(
                    Thread.ofPlatform()
                            .start(() -> {
                                for (var i = 0L; System.nanoTime() < end; i++) {
                                    log.appendEvents(
                                            List.of(
                                                    Samples.message(
                                                            Samples.silent(name),
                                                            i,
                                                            name + "-" + i)));
                                    appended.incrementAndGet();
                                }
                            }));
        }
        for (var sender : senders) {
            sender.join();
        }
        return appended.get() * 1e9 / span.toNanos();
    }
}
