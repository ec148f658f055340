package dev.firebreak.chatops.slack;

import static dev.firebreak.chatops.Situation.ID;
import static dev.firebreak.chatops.Situation.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firebreak.chatops.Unavailable;
import dev.firebreak.chatops.slack.CardLedger.Card;
import dev.firebreak.embeddedpostgres.EmbeddedPostgres;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class PostgresCardLedgerTest {

    private static final EmbeddedPostgres SERVER = EmbeddedPostgres.startTemporary();
    private static final DataSource DATABASE = database(SERVER.port());

    private final CardLedger ledger = new PostgresCardLedger(DATABASE);

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

    @Test
    void a_chosen_channel_holds_until_the_card_is_posted() {
        ledger.choose(ID, "C1");
        ledger.choose(ID, "C2");
        assertThat(ledger.find(ID)).contains(Card.in("C2", ID));

        var posted = new Card(ID, "C2", "1.1", "digest", false);
        ledger.save(posted, NOW);
        ledger.choose(ID, "C3");
        assertThat(ledger.find(ID)).contains(posted);
    }

    @Test
    void only_one_replica_at_a_time_has_a_card_until_its_claim_ends() {
        assertThat(ledger.claim(ID, "one", NOW, NOW.plusSeconds(30))).isTrue();
        assertThat(ledger.claim(ID, "one", NOW, NOW.plusSeconds(30))).isTrue();
        assertThat(ledger.claim(ID, "two", NOW, NOW.plusSeconds(30))).isFalse();
        assertThat(ledger.claim(ID, "two", NOW.plusSeconds(31), NOW.plusSeconds(60))).isTrue();
    }

    @Test
    void a_saved_card_is_free_again() {
        ledger.claim(ID, "one", NOW, NOW.plusSeconds(30));
        ledger.save(new Card(ID, "C1", "1.1", "digest", false), NOW);

        assertThat(ledger.claim(ID, "two", NOW, NOW.plusSeconds(30))).isTrue();
    }

    @Test
    void what_is_over_is_finished() {
        ledger.choose(ID, "C1");
        assertThat(ledger.unfinished(10)).containsExactly(ID);
        assertThat(ledger.unfinished(0)).isEmpty();

        ledger.save(new Card(ID, "C1", "1.1", "digest", true), NOW);
        assertThat(ledger.unfinished(10)).isEmpty();
    }

    @Test
    void a_database_that_is_away_is_said_to_be_away() {
        var away = new PostgresCardLedger(database(1));

        assertThatThrownBy(() -> away.find(ID)).isInstanceOf(Unavailable.class);
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
