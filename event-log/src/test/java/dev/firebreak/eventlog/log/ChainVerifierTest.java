package dev.firebreak.eventlog.log;

import static dev.firebreak.eventlog.log.Samples.byAnn;
import static dev.firebreak.eventlog.log.Samples.message;
import static dev.firebreak.eventlog.log.Samples.silent;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChainVerifierTest {

    private final TestDatabase database = TestDatabase.create();
    private final PostgresLog log = PostgresLog.open(database.application());

    @BeforeEach
    void ten_events_of_all_kinds() {
        for (var i = 0; i < 4; i++) {
            log.appendEvents(List.of(message(silent("a"), i, i == 2 ? "" : "ключ-" + i)));
        }
        log.record(List.of(silent("b"), silent("b"), silent("c")), byAnn());
        log.record(List.of(silent("b"), silent("b"), silent("c")), byAnn());
    }

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void an_untouched_log_is_intact_and_its_hash_is_that_of_its_last_event() {
        assertThat(log.verify())
                .isInstanceOfSatisfying(
                        Verification.Intact.class,
                        intact -> {
                            assertThat(intact.events()).isEqualTo(10);
                            assertThat(
                                            database.number(
                                                    "SELECT count(*) FROM log.event WHERE position = 10 AND encode(hash, 'hex') = '"
                                                            + intact.hash()
                                                            + "'"))
                                    .isEqualTo(1);
                        });
    }

    @Test
    void a_log_that_goes_on_behind_a_cut_does_not_cover_it_up() {
        log.close(); // notes the end
        database.sql(
                "SET session_replication_role = replica; DELETE FROM log.event WHERE position > 8");

        try (var goesOn = PostgresLog.open(database.application())) {
            goesOn.record(List.of(silent("d"), silent("d"), silent("d"), silent("d")), byAnn());
        }

        assertThat(ChainVerifier.verify(database.application()))
                .isInstanceOfSatisfying(
                        Verification.Broken.class,
                        broken -> assertThat(broken.position()).isEqualTo(10));
    }

    @Test
    void an_empty_log_is_intact() {
        assertThat(ChainVerifier.verify(TestDatabase.create().application()))
                .isInstanceOf(Verification.Intact.class);
    }

    /// By a superuser who switched the triggers off, at each kind of column and each way to cheat.
    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            quoteCharacter = '"',
            textBlock =
                    """
                    3  @ UPDATE log.event SET payload = payload || ' ' WHERE position = 3
                    3  @ UPDATE log.event SET actor = 'eve' WHERE position = 3
                    3  @ UPDATE log.event SET command_key = 'x' WHERE position = 3
                    2  @ UPDATE log.event SET command_key = NULL WHERE position = 2
                    5  @ UPDATE log.event SET recorded_at = recorded_at + interval '1 us' WHERE position = 5
                    4  @ UPDATE log.event SET id = gen_random_uuid() WHERE position = 4
                    6  @ UPDATE log.event SET sequence = 0 WHERE position = 6
                    7  @ UPDATE log.event SET revision = 2 WHERE position = 7
                    8  @ UPDATE log.event SET hash = decode(repeat('00', 32), 'hex') WHERE position = 8
                    4  @ DELETE FROM log.event WHERE position = 4
                    1  @ DELETE FROM log.event WHERE position = 1
                    9  @ DELETE FROM log.event WHERE position > 8
                    1  @ TRUNCATE log.event
                    7  @ UPDATE log.checkpoint SET position = 7
                    2  @ UPDATE log.event SET position = CASE position WHEN 2 THEN -3 ELSE -2 END WHERE position IN (2, 3); UPDATE log.event SET position = -position WHERE position < 0
                    4  @ DELETE FROM log.event WHERE position = 4; UPDATE log.event SET position = -position WHERE position > 4; UPDATE log.event SET position = -position - 1 WHERE position < 0
                    11 @ INSERT INTO log.event SELECT 11, gen_random_uuid(), stream, NULL, name, revision, payload, valid_at, recorded_at, actor, surface, correlation, causation, NULL, hash FROM log.event WHERE position = 10
                    """)
    void what_was_changed_behind_its_back_is_found(long position, String cheat) {
        log.close(); // notes the end
        database.sql("SET session_replication_role = replica; " + cheat);

        assertThat(ChainVerifier.verify(database.application()))
                .isInstanceOfSatisfying(
                        Verification.Broken.class,
                        broken -> assertThat(broken.position()).isEqualTo(position));
    }
}
