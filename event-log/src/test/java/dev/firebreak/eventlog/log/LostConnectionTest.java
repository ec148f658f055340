package dev.firebreak.eventlog.log;

import static dev.firebreak.eventlog.log.Samples.one;
import static dev.firebreak.eventlog.log.Samples.silent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.firebreak.eventlog.log.FlakyConnections.Trouble;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LostConnectionTest {

    private final TestDatabase database = TestDatabase.create();
    private final FlakyConnections way = new FlakyConnections(database.application());
    private final PostgresLog log =
            PostgresLog.open(way.source(), InstantSource.system(), Duration.ofMillis(300));

    @AfterEach
    void close() {
        way.trouble = Trouble.NONE;
        log.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"BEFORE_APPEND", "AFTER_APPEND"})
    void an_answer_lost_around_the_commit_is_found_out(Trouble trouble) {
        log.appendEvents(one(silent("a"), 0));

        way.trouble = trouble;
        log.appendEvents(one(silent("a"), 1));
        log.appendEvents(one(silent("a"), 2));

        assertThat(way.trouble).isEqualTo(Trouble.NONE);
        assertThat(database.number("SELECT count(*) FROM log.event")).isEqualTo(3);
        assertThat(log.verify()).isInstanceOf(Verification.Intact.class);
    }

    @Test
    void without_a_database_nothing_is_appended_and_the_sender_is_told_so() {
        way.trouble = Trouble.AWAY;

        var unavailable =
                catchThrowableOfType(
                        LogUnavailable.class, () -> log.appendEvents(one(silent("a"), 0)));

        assertThat(unavailable.isNothingAppended()).isTrue();
    }

    @Test
    void an_outcome_that_cannot_be_found_out_is_called_unknown_and_asking_again_settles_it() {
        log.appendEvents(one(silent("a"), 0));
        var events = one(silent("a"), 1);

        way.trouble = Trouble.AWAY;
        var unavailable =
                catchThrowableOfType(LogUnavailable.class, () -> log.appendEvents(events));
        way.trouble = Trouble.NONE;
        log.appendEvents(events);

        assertThat(unavailable.isNothingAppended()).isFalse();
        assertThat(log.head()).isEqualTo(2);
    }
}
