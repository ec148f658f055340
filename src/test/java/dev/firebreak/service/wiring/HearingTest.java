package dev.firebreak.service.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.firebreak.embeddedpostgres.EmbeddedPostgres;
import dev.firebreak.eventlog.term.EnforcerName;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/// Two replicas on one database, each with ears of its own.
class HearingTest {

    private static final EnforcerName WEB_1 = EnforcerName.parse("host/web-1");
    private static final EnforcerName WEB_2 = EnforcerName.parse("host/web-2");

    @SuppressWarnings("NullAway.Init") // before all tests
    private static EmbeddedPostgres postgres;

    private final Set<EnforcerName> heardByOne = ConcurrentHashMap.newKeySet();
    private final Set<EnforcerName> heardByTwo = ConcurrentHashMap.newKeySet();

    @BeforeAll
    static void start() {
        postgres = EmbeddedPostgres.startTemporary();
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @Test
    void whom_one_hears_the_other_knows_to_be_heard_until_that_one_is_gone() {
        heardByOne.add(WEB_1);
        var one = new Hearing(database(), () -> List.copyOf(heardByOne));
        one.start();
        try (var two = new Hearing(database(), () -> List.copyOf(heardByTwo))) {
            two.start();

            assertThat(two.holds(WEB_1)).isTrue();
            assertThat(two.holds(WEB_2)).isFalse();
            assertThat(one.holds(WEB_1)).as("heard here, not elsewhere").isFalse();
            one.close();
            await().until(() -> !two.holds(WEB_1));
        }
    }

    @Test
    void who_moves_from_one_to_the_other_is_heard_by_that_one() {
        heardByOne.add(WEB_1);
        try (var one = new Hearing(database(), () -> List.copyOf(heardByOne));
                var two = new Hearing(database(), () -> List.copyOf(heardByTwo))) {
            one.start();
            two.start();

            heardByOne.remove(WEB_1);
            heardByTwo.add(WEB_1);

            await().until(() -> one.holds(WEB_1) && !two.holds(WEB_1));
        }
    }

    @Test
    void a_connection_that_was_lost_is_made_anew_and_all_is_said_again() throws SQLException {
        heardByOne.add(WEB_1);
        try (var one = new Hearing(database(), () -> List.copyOf(heardByOne));
                var two = new Hearing(database(), () -> List.copyOf(heardByTwo))) {
            one.start();
            two.start();

            killEverybody();
            heardByOne.add(WEB_2);

            await().until(() -> two.holds(WEB_1) && two.holds(WEB_2));
        }
    }

    private static void killEverybody() throws SQLException {
        try (var connection = database().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(
                    """
                    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                    WHERE datname = current_database() AND pid <> pg_backend_pid()
                    """);
        }
    }

    private static PGSimpleDataSource database() {
        var source = new PGSimpleDataSource();
        source.setUrl(postgres.jdbcUrl());
        source.setUser(postgres.user());
        source.setPassword(postgres.password());
        return source;
    }
}
