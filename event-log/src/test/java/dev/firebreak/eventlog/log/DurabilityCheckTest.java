package dev.firebreak.eventlog.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DurabilityCheckTest {

    private final TestDatabase database = TestDatabase.create();

    @AfterEach
    void as_before() {
        database.sql("ALTER SYSTEM RESET ALL");
        database.sql("SELECT pg_reload_conf()");
        database.sql("ALTER ROLE firebreak_app RESET synchronous_commit");
    }

    @Test
    void the_embedded_server_and_the_granted_role_are_fine() {
        var findings = DurabilityCheck.look(database.application());

        assertThat(findings.refusals()).isEmpty();
        assertThat(findings.warnings()).isEmpty();
    }

    @Test
    void synchronous_commit_off_for_the_role_alone_is_refused() {
        database.sql("ALTER ROLE firebreak_app SET synchronous_commit = off");

        assertThat(DurabilityCheck.look(database.application()).refusals())
                .singleElement()
                .asString()
                .contains("synchronous_commit off", "ALTER ROLE");
    }

    @Test
    void synchronous_commit_off_for_the_database_is_refused() {
        database.sql(
                "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit = off', current_database()); END $$");

        assertThat(DurabilityCheck.look(database.application()).refusals()).hasSize(1);
    }

    @Test
    void a_role_that_may_change_the_past_is_refused_by_each_right() {
        database.sql("GRANT DELETE, TRUNCATE ON log.event TO firebreak_app");
        database.sql("GRANT UPDATE (actor) ON log.event TO PUBLIC");

        assertThat(DurabilityCheck.look(database.application()).refusals())
                .hasSize(3)
                .allSatisfy(sentence -> assertThat(sentence).contains("REVOKE"));
    }

    @Test
    void a_superuser_is_refused() {
        assertThat(DurabilityCheck.look(database.owner()).refusals())
                .singleElement()
                .asString()
                .contains("superuser");
    }

    @Test
    void a_switched_off_trigger_is_refused() {
        database.sql("ALTER TABLE log.event DISABLE TRIGGER append_only");

        assertThat(DurabilityCheck.look(database.application()).refusals())
                .singleElement()
                .asString()
                .contains("ENABLE TRIGGER");
    }
}
