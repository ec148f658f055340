package dev.firebreak.eventlog.log;

import static dev.firebreak.eventlog.log.Samples.one;
import static dev.firebreak.eventlog.log.Samples.silent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A newer release, or a damaged row, must not bring this one into a crash loop.
class UnreadableEventTest {

    private final TestDatabase database = TestDatabase.create();
    private final PostgresLog log = PostgresLog.open(database.application());

    @BeforeEach
    void four_events_of_which_three_are_from_another_release() {
        try (var writer = PostgresLog.open(database.application())) {
            for (var i = 0; i < 4; i++) {
                writer.appendEvents(one(silent("a"), i));
            }
        }
        database.sql(
                """
                SET session_replication_role = replica;
                UPDATE log.event SET name = 'enforcer.dreams' WHERE position = 1;
                UPDATE log.event SET payload = '{"deep":{"unknown":true}}' WHERE position = 2;
                UPDATE log.event SET surface = 'TELEPATHY' WHERE position = 3;
                """);
    }

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void followers_pass_it_by_and_it_is_counted_once() {
        var seen = new CopyOnWriteArrayList<LogEntry>();
        try (var following = log.follow("one", 0, seen::addAll);
                var again = log.follow("two", 0, _ -> {})) {
            await().until(() -> following.position() == 4 && again.position() == 4);
        }

        assertThat(seen.subList(0, 3))
                .allSatisfy(entry ->
                        assertThat(entry.event())
                                .isInstanceOfSatisfying(
                                        UnreadableEvent.class,
                                        event ->
                                                assertThat(event.stream())
                                                        .isEqualTo("enforcer/host/a")));
        assertThat(seen.getLast().event()).isEqualTo(silent("a"));
        assertThat(log.unreadable()).isEqualTo(3);
    }

    @Test
    void nothing_is_decided_on_a_stream_that_cannot_be_read() {
        assertThatThrownBy(() -> List.of(log.readEvents("enforcer/host/a", 0).asStream().toArray()))
                .isInstanceOf(UnreadableStream.class)
                .hasMessageContaining("position 1")
                .hasMessageContaining("enforcer.dreams/1 is not known");
    }
}
