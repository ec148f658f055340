package dev.firebreak.queryside;

import static dev.firebreak.queryside.Happenings.BY_ANN;
import static dev.firebreak.queryside.Happenings.entries;
import static dev.firebreak.queryside.Happenings.history;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firebreak.eventlog.event.Event;
import dev.firebreak.eventlog.log.LogEntry;
import dev.firebreak.eventlog.log.PostgresLog;
import dev.firebreak.eventlog.log.UnreadableEvent;
import dev.firebreak.queryside.projection.Batch;
import dev.firebreak.queryside.projection.Projection;
import dev.firebreak.queryside.projection.Projector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// That what is seen is the log, once and whole, whatever happens on the way.
class RebuildTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int LENGTH = 1_200;
    private static final List<String> TABLES =
            List.of(
                    "containment",
                    "part",
                    "enforcer",
                    "timeline",
                    "denied_flow",
                    "flow_source",
                    "workload",
                    "parked");

    private final TestDatabase database = TestDatabase.create();
    private final PostgresLog log = database.log();
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (var each : open.reversed()) {
            each.close();
        }
        log.close();
        database.close();
    }

    @Test
    void a_client_that_dies_at_any_commit_leaves_nothing_doubled_or_missed() {
        record(history(1, 500));
        var expected = shown(reference());
        var killing = new Killing(1);
        var views = Views.open(killing.around(database.application()), log);
        open.add(views);
        var deaths = 0;

        while (views.position() < log.head()) {
            try {
                views.take(log.read(views.position(), 25));
            } catch (Killing.Killed _) {
                deaths++;
            }
        }

        assertThat(deaths).isGreaterThan(10);
        assertThat(shown(database)).isEqualTo(expected);
    }

    @Test
    void an_error_in_the_middle_of_a_batch_takes_none_of_it() {
        var entries = entries(history(12, 50));
        var views = projector(1, new Fatal(30));

        assertThatThrownBy(() -> views.take(entries)).isInstanceOf(Killing.Killed.class);

        assertThat(views.position()).isZero();
        assertThat(database.rows("SELECT position FROM views.timeline")).isEmpty();
    }

    @Test
    void what_is_delivered_twice_is_shown_once() {
        record(history(2, 300));
        var views = views();
        var entries = log.read(0, PostgresLog.MAX_EVENTS);

        views.take(entries);
        var once = shown(database);
        views.take(entries);
        views.take(entries.subList(100, 200));

        assertThat(shown(database)).isEqualTo(once);
    }

    @Test
    void entries_that_do_not_follow_are_refused() {
        record(history(2, 30));
        var views = views();

        assertThatThrownBy(() -> views.take(log.read(5, 10)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("views are at 0 and were given 6 next");
    }

    @Test
    void several_replicas_at_once_show_everything_once() throws Exception {
        record(history(3, LENGTH));
        var expected = shown(reference());
        var replicas = List.of(views(), views(), views());

        try (var threads = Executors.newFixedThreadPool(replicas.size())) {
            var running =
                    threads.invokeAll(
                            replicas.stream()
                                    .map(views -> (Callable<Boolean>) () -> follow(views))
                                    .toList());
            for (var each : running) {
                assertThat(each.get()).isTrue();
            }
        }

        assertThat(shown(database)).isEqualTo(expected);
    }

    @Test
    void a_rebuild_shows_the_same_row_for_row() {
        record(history(4, LENGTH));
        var views = views();
        follow(views);
        var before = shown(database);

        views.rebuild().start();
        await(() -> !views.rebuild().progress().running());

        assertThat(shown(database)).isEqualTo(before);
        await(() -> database.rows("SELECT generation FROM views.projection").equals(List.of("2")));
        assertThat(database.rows("SELECT DISTINCT generation FROM views.timeline"))
                .containsExactly("2");
        assertThat(views.rebuild().failure()).isEmpty();
    }

    @Test
    void the_old_views_are_served_and_kept_up_while_new_ones_are_built() {
        record(history(5, 500));
        var views = views();
        follow(views);
        database.sql(
                "INSERT INTO views.projection VALUES (2, 1, 0, 'BUILDING', now())"); // as if begun
        var later = history(6, 40);

        record(later);
        follow(views);

        assertThat(views.timeline().of(Happenings.id(0), 0, 10)).isNotEmpty();
        assertThat(views.lag()).isZero();
        assertThat(views.rebuild().progress().position()).isZero();
        assertThat(views.rebuild().progress().running()).isTrue();
    }

    @Test
    void a_rebuild_that_was_broken_off_is_gone_on_with_at_the_next_start() {
        record(history(7, 500));
        try (var views = Views.open(database.pool(), log)) {
            follow(views);
        }
        var before = shown(database);
        database.sql("INSERT INTO views.projection VALUES (2, 1, 0, 'BUILDING', now())");

        var views = views();

        await(() -> !views.rebuild().progress().running());
        assertThat(shown(database)).isEqualTo(before);
    }

    @Test
    void newer_code_rebuilds_by_itself_and_older_code_then_stands_back() {
        record(history(8, 200));
        var older = projector(1);
        older.take(log.read(0, PostgresLog.MAX_EVENTS));

        var newer = projector(2);
        await(() -> !newer.rebuild().progress().running());
        record(history(9, 10));
        older.take(log.read(200, 10));

        assertThat(older.position()).isEqualTo(200);
        newer.take(log.read(200, 10));
        assertThat(newer.position()).isEqualTo(210);
        assertThat(database.rows("SELECT version FROM views.projection WHERE state = 'SERVING'"))
                .containsExactly("2");
    }

    @Test
    void an_entry_that_cannot_be_projected_is_parked_and_the_rest_goes_on() {
        var views = projector(1, new Poison(3));

        views.take(entries(history(10, 6)));

        assertThat(views.position()).isEqualTo(6);
        assertThat(views.parked()).isEqualTo(1);
        assertThat(database.rows("SELECT position FROM views.timeline ORDER BY 1"))
                .doesNotContain("3");
    }

    @Test
    void when_everything_is_poison_it_stops_rather_than_park_it_all() {
        var views = projector(1, new Poison(-1));

        assertThatThrownBy(() -> views.take(entries(history(11, 300))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("views stopped at position 101");
    }

    @Test
    void an_unreadable_event_is_parked_and_told_of() {
        var unreadable =
                new UnreadableEvent("policy/1", "policy.changed", 9, "newer", Happenings.NOON);
        var views = views();

        views.take(entries(List.<Event>of(unreadable, Happenings.enrolled("web-1"))));

        assertThat(views.parked()).isEqualTo(1);
        assertThat(views.position()).isEqualTo(2);
        assertThat(database.rows("SELECT sentence FROM views.timeline WHERE position = 1"))
                .containsExactly(
                        "Something happened to policy/1 that this release cannot read: newer.");
    }

    /// The same log seen by views that nothing ever happened to.
    private TestDatabase reference() {
        var other = TestDatabase.create();
        open.add(other);
        try (var views = Views.open(other.pool(), log)) {
            follow(views);
            assertThat(views.parked()).isZero();
        }
        return other;
    }

    private boolean follow(Views views) {
        while (views.position() < log.head()) {
            views.take(log.read(views.position(), 300));
        }
        return true;
    }

    private Views views() {
        var views = Views.open(database.pool(), log);
        open.add(views);
        return views;
    }

    private Projector projector(int version, Projection... more) {
        var all = Stream.concat(Views.projections().stream(), Stream.of(more)).toList();
        var projector = Projector.open(database.pool(), log, version, all);
        open.add(projector);
        return projector;
    }

    private void record(List<Event> events) {
        for (var from = 0; from < events.size(); from += PostgresLog.MAX_EVENTS) {
            var to = Math.min(events.size(), from + PostgresLog.MAX_EVENTS);
            log.record(events.subList(from, to), BY_ANN);
        }
    }

    private static void await(BooleanSupplier condition) {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            LockSupport.parkNanos(1_000_000);
        }
    }

    /// All that is served, but for the generation.
    private static List<String> shown(TestDatabase database) {
        var all = new ArrayList<String>();
        for (var table : TABLES) {
            all.addAll(
                    database.rows(
                            """
                            SELECT '%1$s ' || (to_jsonb(t) - 'generation')::text FROM views.%1$s t
                            JOIN views.projection p USING (generation)
                            WHERE p.state = 'SERVING' ORDER BY 1
                            """
                                    .formatted(table)));
        }
        assertThat(all).isNotEmpty();
        return all;
    }

    /// The JVM ends while this entry is taken.
    private record Fatal(long position) implements Projection {
        @Override
        public List<Class<?>> rows() {
            return List.of();
        }

        @Override
        public void apply(LogEntry entry, Batch batch) {
            if (entry.position() == position) {
                throw new Killing.Killed();
            }
        }
    }

    /// Cannot take one entry, or (-1) any.
    private record Poison(long position) implements Projection {
        @Override
        public List<Class<?>> rows() {
            return List.of();
        }

        @Override
        public void apply(LogEntry entry, Batch batch) {
            if (position < 0 || entry.position() == position) {
                throw new IllegalArgumentException("poison");
            }
        }
    }
}
