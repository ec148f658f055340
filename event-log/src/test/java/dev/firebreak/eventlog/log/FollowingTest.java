package dev.firebreak.eventlog.log;

import static dev.firebreak.eventlog.log.Samples.byAnn;
import static dev.firebreak.eventlog.log.Samples.silent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FollowingTest {

    private final TestDatabase database = TestDatabase.create();
    private final PostgresLog log = PostgresLog.open(database.application());
    private final PostgresLog replica = PostgresLog.open(database.application());
    private final List<Long> seen = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        log.close();
        replica.close();
    }

    @Test
    void a_follower_sees_every_entry_once_in_order_whichever_replica_appended_it() {
        log.record(List.of(silent("before")), byAnn());
        try (var _ = log.follow("test", 0, this::remember)) {
            for (var i = 0; i < 20; i++) {
                log.record(List.of(silent("a"), silent("b")), byAnn());
                replica.record(List.of(silent("c")), byAnn());
            }
            await().until(() -> seen.size() >= 61);
        }
        assertThat(seen).containsExactlyElementsOf(LongStream.rangeClosed(1, 61).boxed().toList());
    }

    @Test
    void replicas_know_of_each_other_and_who_is_alone_announces_nothing() {
        await().until(() -> log.hasCompany() && replica.hasCompany());

        try (var alone = PostgresLog.open(TestDatabase.create().application())) {
            await().until(() -> !alone.hasCompany());
        }
    }

    @Test
    void a_follower_starts_where_it_says() {
        log.record(List.of(silent("a"), silent("b"), silent("c")), byAnn());
        try (var following = log.follow("test", 2, this::remember)) {
            await().until(() -> following.position() == 3);
        }
        assertThat(seen).containsExactly(3L);
    }

    @Test
    void a_follower_that_throws_stops_where_it_is_and_says_why() {
        try (var following =
                log.follow(
                        "test",
                        0,
                        _ -> {
                            throw new IllegalStateException("cannot go on");
                        })) {
            log.record(List.of(silent("a")), byAnn());

            await().until(() -> following.failure().isPresent());
            assertThat(following.failure().orElseThrow()).hasMessage("cannot go on");
            assertThat(following.position()).isZero();
            assertThat(following.isRunning()).isFalse();
        }
    }

    private void remember(List<LogEntry> entries) {
        entries.forEach(entry -> seen.add(entry.position()));
    }
}
