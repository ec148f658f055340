package dev.firebreak.bench.soak;

import dev.firebreak.embeddedpostgres.EmbeddedPostgres;
import dev.firebreak.eventlog.log.PostgresLog;
import dev.firebreak.eventlog.log.Verification.Broken;
import dev.firebreak.eventlog.log.Verification.Intact;
import dev.firebreak.queryside.Views;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.postgresql.ds.PGSimpleDataSource;

/// What is left, once everything has ended: looked at in the database itself.
record Verdict(List<String> findings, List<String> violations) {

    private static final Duration REBUILD_WITHIN = Duration.ofMinutes(10);
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    /// The directory must not be in use.
    static Verdict over(Path data, Ledger ledger, Plant plant) throws SQLException {
        try (var postgres = EmbeddedPostgres.start(data)) {
            var owner = new PGSimpleDataSource();
            owner.setUrl(postgres.jdbcUrl());
            owner.setUser(postgres.user());
            owner.setPassword(postgres.password());
            try (var connection = owner.getConnection()) {
                plant.into(connection);
                var verdict = new Verdict(new ArrayList<>(), new ArrayList<>());
                verdict.chain(owner);
                verdict.ledger(connection, ledger);
                verdict.views(connection, owner);
                return verdict;
            }
        }
    }

    private void chain(PGSimpleDataSource owner) {
        try (var log = PostgresLog.open(owner)) {
            switch (log.verify()) {
                case Intact(var events, _) ->
                        findings.add("the chain of hashes holds over %,d events".formatted(events));
                case Broken(var position, var sentence) ->
                        violations.add("the chain breaks at %d: %s".formatted(position, sentence));
            }
        }
    }

    private void ledger(Connection connection, Ledger ledger) throws SQLException {
        var losses = Losses.between(ledger.entries(), keyed(connection));
        violations.addAll(losses);
        if (losses.isEmpty()) {
            findings.add(
                    "all %,d acknowledged commands are in the log, each once"
                            .formatted(ledger.size()));
        }
    }

    private static List<Ledger.Entry> keyed(Connection connection) throws SQLException {
        var sql = "SELECT command_key, stream FROM log.event WHERE command_key LIKE 'soak-%'";
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var keyed = new ArrayList<Ledger.Entry>();
            while (rows.next()) {
                var key =
                        rows.getString(1); // a fingerprint of the request follows what we called it
                keyed.add(
                        new Ledger.Entry(
                                key.substring(0, key.lastIndexOf('/')), rows.getString(2)));
            }
            return keyed;
        }
    }

    /// What the service has shown, crash after crash, against one quiet fold of the whole log.
    private void views(Connection connection, PGSimpleDataSource owner) throws SQLException {
        try (var log = PostgresLog.open(owner);
                var views = Views.open(owner, log);
                var _ = log.follow("views", views.position(), views)) {
            var head = log.head();
            if (views.position() > head) {
                violations.add(
                        "the views have seen %d events that are not in the log"
                                .formatted(views.position() - head));
                return;
            }
            await(() -> views.position() == head, "the views do not catch up");
            var tables = ViewTables.of(connection);
            tables.keep();
            var rebuild = views.rebuild();
            rebuild.start();
            await(() -> !rebuild.progress().running(), "the rebuild does not end");
            rebuild.failure().ifPresent(broken -> violations.add("the rebuild failed: " + broken));
            var differences = tables.differences();
            violations.addAll(differences);
            if (differences.isEmpty()) {
                findings.add("every view equals a fold of the log (%s)".formatted(tables.names()));
            }
        }
    }

    private interface Condition {
        boolean holds();
    }

    private static void await(Condition condition, String otherwise) {
        var deadline = System.nanoTime() + REBUILD_WITHIN.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(otherwise + " within " + REBUILD_WITHIN);
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }
}
