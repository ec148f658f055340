package dev.firebreak.bench.replay;

import dev.firebreak.bench.Bench;
import dev.firebreak.bench.Run;
import dev.firebreak.bench.measure.Contest;
import dev.firebreak.bench.measure.Goal;
import dev.firebreak.bench.measure.Line;
import dev.firebreak.bench.measure.Load;
import dev.firebreak.bench.measure.Quartiles;
import dev.firebreak.bench.measure.Sample;
import dev.firebreak.bench.measure.Scores;
import dev.firebreak.bench.postgres.Database;
import dev.firebreak.bench.postgres.Pool;
import dev.firebreak.bench.postgres.Server;
import dev.firebreak.eventlog.event.Event;
import dev.firebreak.eventlog.log.PostgresLog;
import dev.firebreak.eventlog.log.Verification.Broken;
import dev.firebreak.eventlog.log.Verification.Intact;
import dev.firebreak.queryside.Views;
import dev.firebreak.segmentation.Estate;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.axonframework.eventhandling.DomainEventMessage;

/// G3: what reading the whole log costs, once to prove it, once to fold it, once to show it.
public final class ReplayBench implements Bench {

    private static final int EVENTS = 210_000;
    private static final int FETCH = 5_000;
    private static final String FLOOR = "select";
    private static final String VERIFY = "verify";
    private static final String FOLD = "fold";
    private static final String BOTH = "verify and fold";
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final int CONNECTIONS = 4;

    @Override
    public String name() {
        return "replay";
    }

    @Override
    public String about() {
        return "G3, %,d events, against a raw JDBC SELECT of the same columns, fetch size %,d"
                .formatted(EVENTS, FETCH);
    }

    @Override
    public void run(Run run) throws Exception {
        try (var server = Server.start(run.disk())) {
            var database = server.database();
            try (var log = PostgresLog.open(database.application())) {
                fill(log);
                run.report().head();
                passes(run, database, log);
                views(run, database, log);
            }
        }
    }

    private static void fill(PostgresLog log) {
        var batch = new ArrayList<DomainEventMessage<Event>>();
        for (var life = 0; life < EVENTS / Lives.LENGTH; life++) {
            batch.addAll(Lives.life(life));
            if (batch.size() + Lives.LENGTH > PostgresLog.MAX_EVENTS) {
                log.appendEvents(batch);
                batch.clear();
            }
        }
        log.appendEvents(batch);
    }

    private void passes(Run run, Database database, PostgresLog log) throws Exception {
        var scores =
                new Contest()
                        .with(FLOOR, () -> rate(() -> select(database)))
                        .with(VERIFY, () -> rate(() -> verify(log)))
                        .with(FOLD, () -> rate(() -> fold(log)))
                        .with(
                                BOTH,
                                () ->
                                        rate(() -> {
                                            verify(log);
                                            return fold(log);
                                        }))
                        .run(run.rounds());
        run.report().keep(name(), "passes", scores);
        tell(run, scores, VERIFY, new Goal.None());
        tell(run, scores, FOLD, new Goal.None());
        tell(run, scores, BOTH, new Goal.AtLeast(1.0));
    }

    private static void tell(Run run, Scores scores, String ours, Goal goal) {
        run.report()
                .line(
                        new Line(
                                "replay, " + ours,
                                text(scores.values(ours)),
                                text(scores.values(FLOOR)),
                                scores.ratio(ours, FLOOR),
                                goal,
                                scores.load()));
    }

    /// Once, after one pass of the floor: a rebuild writes, and leaves another database behind.
    private static void views(Run run, Database database, PostgresLog log) throws Exception {
        var load = Load.begin();
        var floor = rate(() -> select(database)).value();
        var rebuilt = rate(() -> rebuild(database, log)).value();
        var ratio = new Quartiles(rebuilt / floor, rebuilt / floor, rebuilt / floor);
        run.report()
                .line(
                        new Line(
                                "replay, all views rebuilt (once)",
                                "%,.0f/s".formatted(rebuilt),
                                "%,.0f/s".formatted(floor),
                                ratio,
                                new Goal.AtLeast(1.0),
                                load.end()));
    }

    private static long rebuild(Database database, PostgresLog log) throws SQLException {
        try (var pool = Pool.of(database.application(), CONNECTIONS);
                var views = Views.open(pool, log)) {
            var rebuild = views.rebuild();
            rebuild.start();
            while (rebuild.progress().running()) {
                LockSupport.parkNanos(LOOK_EVERY.toNanos());
            }
            if (rebuild.failure().isPresent()) {
                throw new IllegalStateException("the rebuild failed", rebuild.failure().get());
            }
            return EVENTS;
        }
    }

    private interface Pass {
        long events() throws SQLException;
    }

    private static Sample rate(Pass pass) throws SQLException {
        var before = System.nanoTime();
        var events = pass.events();
        if (events != EVENTS) {
            throw new IllegalStateException("%,d of %,d events seen".formatted(events, EVENTS));
        }
        return Sample.of(events / ((System.nanoTime() - before) / 1e9));
    }

    /// The floor: every column of every row is fetched, and nothing is made of it.
    private static long select(Database database) throws SQLException {
        try (var connection = database.application().getConnection()) {
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                statement.setFetchSize(FETCH);
                var rows =
                        statement.executeQuery(
                                """
                                SELECT position, id, stream, sequence, name, revision, payload,
                                       valid_at, recorded_at, actor, surface, correlation,
                                       causation, command_key, hash
                                FROM log.event ORDER BY position
                                """);
                var columns = rows.getMetaData().getColumnCount();
                var count = 0L;
                while (rows.next()) {
                    for (var column = 1; column <= columns; column++) {
                        rows.getObject(column);
                    }
                    count++;
                }
                return count;
            }
        }
    }

    private static long verify(PostgresLog log) {
        return switch (log.verify()) {
            case Intact(var events, _) -> events;
            case Broken broken -> throw new IllegalStateException(broken.toString());
        };
    }

    private static long fold(PostgresLog log) {
        var estate = new Estate();
        List<dev.firebreak.eventlog.log.LogEntry> entries;
        do {
            entries = log.read(estate.position(), PostgresLog.MAX_EVENTS);
            entries.forEach(estate::apply);
        } while (!entries.isEmpty());
        return estate.position();
    }

    private static String text(Quartiles rate) {
        return "%,.0f/s".formatted(rate.median());
    }
}
