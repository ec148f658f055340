package dev.firebreak.eventlog.log;

import static dev.firebreak.eventlog.log.Samples.byAnn;
import static dev.firebreak.eventlog.log.Samples.silent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RightsTest {

    private final TestDatabase database = TestDatabase.create();

    @BeforeEach
    void an_event() {
        try (var log = PostgresLog.open(database.application())) {
            log.record(List.of(silent("a")), byAnn());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE log.event SET actor = 'eve'",
                "DELETE FROM log.event",
                "TRUNCATE log.event",
                "DELETE FROM log.checkpoint",
                "TRUNCATE log.checkpoint",
                "INSERT INTO log.checkpoint (one, position, hash) VALUES (false, 0, '')",
                "ALTER TABLE log.event DISABLE TRIGGER ALL",
                "DROP TABLE log.event",
                "SET session_replication_role = replica"
            })
    void the_application_cannot_change_the_past(String sql) {
        assertThatThrownBy(() -> TestDatabase.sql(database.application(), sql))
                .hasRootCauseMessage(message(sql));
        assertThat(database.number("SELECT count(*) FROM log.event")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE log.event SET actor = 'eve'",
                "UPDATE log.event SET actor = 'eve' WHERE false",
                "DELETE FROM log.event",
                "TRUNCATE log.event",
                "DELETE FROM log.checkpoint"
            })
    void not_even_the_owner_changes_the_past_by_accident(String sql) {
        assertThatThrownBy(() -> database.sql(sql))
                .rootCause()
                .hasMessageContaining("The log is append-only");
    }

    @Test
    void people_read_the_log_in_psql() {
        assertThat(
                        database.number(
                                "SELECT count(*) FROM log.readable WHERE event->>'enforcer' = 'host/a'"))
                .isEqualTo(1);
    }

    private static String message(String sql) {
        return switch (sql.split(" ", 2)[0]) {
            case "ALTER", "DROP" -> "ERROR: must be owner of table event";
            case "SET" -> "ERROR: permission denied to set parameter \"session_replication_role\"";
            default ->
                    "ERROR: permission denied for table "
                            + (sql.contains("log.checkpoint") ? "checkpoint" : "event");
        };
    }
}
