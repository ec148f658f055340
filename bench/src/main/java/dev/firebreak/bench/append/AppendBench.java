package dev.firebreak.bench.append;

import dev.firebreak.bench.Bench;
import dev.firebreak.bench.Run;
import dev.firebreak.bench.measure.Contest;
import dev.firebreak.bench.measure.Goal;
import dev.firebreak.bench.measure.Line;
import dev.firebreak.bench.measure.Sample;
import dev.firebreak.bench.measure.Scores;
import dev.firebreak.bench.postgres.Database;
import dev.firebreak.bench.postgres.Durability;
import dev.firebreak.bench.postgres.Server;
import dev.firebreak.commandside.axon.AxonCommands;
import dev.firebreak.commandside.guardrail.Guardrails;
import dev.firebreak.eventlog.log.PostgresLog;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// G2: events a second with as many clients, each its own append, against as many one-row commits.
public final class AppendBench implements Bench {

    private static final String OURS = "log";
    private static final String COMMANDS = "commands";
    private static final String JDBC = "jdbc loop";
    private static final String PGBENCH = "pgbench";

    /// The goal by clients.
    private static final Map<Integer, Double> GOALS = Map.of(1, 0.8, 16, 1.0, 64, 1.5);

    @Override
    public String name() {
        return "append";
    }

    @Override
    public String about() {
        return "G2, one event an append, with order, uniqueness, idempotency and hash chain on,"
                + " against one Axon-shaped row a commit";
    }

    @Override
    public void run(Run run) throws Exception {
        var pgbench = Pgbench.found();
        try (var server = Server.start(run.disk())) {
            describe(run, server, pgbench);
            run.report().head();
            for (var clients : Clients.COUNTS) {
                var scores = contest(run, server.database(), clients, pgbench);
                run.report().keep(name(), clients + " clients", scores);
                tell(run, clients, scores);
            }
        }
    }

    private static void describe(Run run, Server server, Optional<Pgbench> pgbench)
            throws Exception {
        try (var connection = server.owner("postgres").getConnection()) {
            run.report().note(Durability.text(connection));
        }
        var syncs = Durability.syncs(server.directory());
        run.report()
                .note(
                        "the disk below holds a page for good in p50 %.2f ms, p99 %.2f ms (fdatasync)"
                                .formatted(Sample.millis(syncs, 50), Sample.millis(syncs, 99)));
        run.report()
                .note(
                        pgbench.map(found -> "floors: a loop in JDBC, and " + found.version())
                                .orElse("floor: a loop in JDBC; pgbench is not on the PATH"));
    }

    private static Scores contest(
            Run run, Database database, int clients, Optional<Pgbench> pgbench) throws Exception {
        var deployments = new Deployments();
        try (var log = PostgresLog.open(database.application());
                var commands = new AxonCommands(log, Guardrails.defaults(CommandClient.NO_FACTS))) {
            var row = row(database, log, deployments);
            var contest =
                    new Contest()
                            .with(
                                    JDBC,
                                    () ->
                                            Clients.run(
                                                    clients,
                                                    run.slice(),
                                                    () -> JdbcClient.connect(database, row)));
            if (pgbench.isPresent()) {
                contest.with(PGBENCH, () -> pgbench.get().run(database, clients, run.slice(), row));
            }
            return contest.with(
                            OURS,
                            () ->
                                    Clients.run(
                                            clients,
                                            run.slice(),
                                            () ->
                                                    () ->
                                                            log.appendEvents(
                                                                    List.of(deployments.next()))))
                    .with(
                            COMMANDS,
                            () ->
                                    Clients.run(
                                            clients,
                                            run.slice(),
                                            () -> new CommandClient(commands, deployments)))
                    .run(run.rounds());
        }
    }

    /// The floor writes the very bytes of one of our events.
    private static AxonTable.Row row(Database database, PostgresLog log, Deployments deployments)
            throws SQLException {
        var message = deployments.next();
        log.appendEvents(List.of(message));
        try (var connection = database.owner().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(AxonTable.CREATE);
            var rows = statement.executeQuery("SELECT payload FROM log.event");
            rows.next();
            return new AxonTable.Row(
                    message.getMetaData().toString().getBytes(StandardCharsets.UTF_8),
                    rows.getBytes(1));
        }
    }

    private static void tell(Run run, int clients, Scores scores) {
        var goal = new Goal.AtLeast(GOALS.getOrDefault(clients, 1.0));
        for (var floor : List.of(PGBENCH, JDBC)) {
            if (scores.has(floor)) {
                tell(run, clients, scores, OURS, floor, goal);
                tell(run, clients, scores, COMMANDS, floor, new Goal.None());
            }
        }
    }

    private static void tell(
            Run run, int clients, Scores scores, String ours, String floor, Goal goal) {
        run.report()
                .line(
                        new Line(
                                "%s, %d client%s : %s"
                                        .formatted(ours, clients, clients == 1 ? "" : "s", floor),
                                text(scores, ours),
                                text(scores, floor),
                                scores.ratio(ours, floor),
                                goal,
                                scores.load()));
    }

    private static String text(Scores scores, String contestant) {
        var times = scores.times(contestant);
        var rate = "%.0f/s".formatted(scores.values(contestant).median());
        return times.getTotalCount() == 0
                ? rate
                : rate + ", p99 %.1f ms".formatted(Sample.millis(times, 99));
    }
}
