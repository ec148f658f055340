package dev.firebreak.chatops.slack;

import static dev.firebreak.chatops.Situation.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firebreak.chatops.Unavailable;
import dev.firebreak.embeddedpostgres.EmbeddedPostgres;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

class PostgresUsedSignaturesTest {

    private static final EmbeddedPostgres SERVER = EmbeddedPostgres.startTemporary();
    private static final DataSource DATABASE = database(SERVER.port());

    private final UsedSignatures used = new PostgresUsedSignatures(DATABASE);

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @BeforeEach
    void an_empty_table() {
        var flyway =
                Flyway.configure()
                        .dataSource(DATABASE)
                        .locations("classpath:db/migration/chatops")
                        .placeholders(Map.of("application_role", SERVER.user()))
                        .cleanDisabled(false)
                        .defaultSchema("chatops")
                        .load();
        flyway.clean();
        flyway.migrate();
    }

    /// The timestamp may be five minutes ahead, and is good for five minutes after.
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 300, 600})
    void a_second_use_is_refused_for_as_long_as_it_could_be_accepted(long later) {
        var signature = signature("v0=a", NOW);

        assertThat(used.use(signature, NOW.minusSeconds(300))).isTrue();
        assertThat(used.use(signature, NOW.plusSeconds(later))).isFalse();
    }

    @Test
    void another_signature_is_another() {
        assertThat(used.use(signature("v0=a", NOW), NOW)).isTrue();
        assertThat(used.use(signature("v0=b", NOW), NOW)).isTrue();
    }

    @Test
    void of_many_replicas_at_once_one_is_the_first() {
        var signature = signature("v0=a", NOW);

        var first =
                IntStream.range(0, 16)
                        .parallel()
                        .filter(_ -> new PostgresUsedSignatures(DATABASE).use(signature, NOW))
                        .count();

        assertThat(first).isEqualTo(1);
    }

    @Test
    void a_full_memory_refuses_rather_than_forgets_and_empties_with_time() throws SQLException {
        var small = new PostgresUsedSignatures(DATABASE, 3);
        for (var each : new String[] {"v0=a", "v0=b", "v0=c"}) {
            assertThat(small.use(signature(each, NOW), NOW)).isTrue();
        }
        var later = NOW.plus(SlackSignature.KEPT).plusSeconds(1);

        assertThat(small.use(signature("v0=d", NOW), NOW)).isFalse();
        assertThat(small.use(signature("v0=e", later), later)).isTrue();
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void the_signature_itself_is_not_kept() {
        assertThat(signature("v0=a", NOW).digest()).hasSize(64).doesNotContain("v0=a");
    }

    @Test
    void a_database_that_is_away_is_said_to_be_away() {
        var away = new PostgresUsedSignatures(database(1));

        assertThatThrownBy(() -> away.use(signature("v0=a", NOW), NOW))
                .isInstanceOf(Unavailable.class);
    }

    @Test
    void it_is_kept_longer_than_it_is_good() {
        assertThat(SlackSignature.KEPT)
                .isEqualTo(Duration.ofMinutes(10))
                .isGreaterThan(SlackVerifier.WINDOW);
    }

    private static SlackSignature signature(String text, Instant sentAt) {
        return SlackSignature.of(text, sentAt);
    }

    private static int rows() throws SQLException {
        try (var connection = DATABASE.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select count(*) from chatops.slack_signature")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static DataSource database(int port) {
        var source = new PGSimpleDataSource();
        source.setUrl(SERVER.jdbcUrl());
        source.setPortNumbers(new int[] {port});
        source.setUser(SERVER.user());
        source.setPassword(SERVER.password());
        return source;
    }
}
