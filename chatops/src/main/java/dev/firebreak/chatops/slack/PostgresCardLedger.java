package dev.firebreak.chatops.slack;

import dev.firebreak.chatops.Unavailable;
import dev.firebreak.eventlog.term.ContainmentId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/// Cards in PostgreSQL, in the table of `db/migration/chatops`. Each step is one statement, so it
/// needs no transaction around it.
public final class PostgresCardLedger implements CardLedger {

    private static final String FIND =
            "select containment, channel, message, shown, over from chatops.slack_card where containment = ?";

    private static final String CHOOSE =
            """
            insert into chatops.slack_card (containment, channel) values (?, ?)
            on conflict (containment) do update set channel = excluded.channel
            where slack_card.message = ''
            """;

    /// A row without a channel is a claim on a card whose channel is the home channel.
    private static final String CLAIM =
            """
            insert into chatops.slack_card (containment, channel, claimed_by, claimed_until)
            values (?, '', ?, ?)
            on conflict (containment) do update
            set claimed_by = excluded.claimed_by, claimed_until = excluded.claimed_until
            where slack_card.claimed_by = excluded.claimed_by or slack_card.claimed_until < ?
            """;

    private static final String SAVE =
            """
            insert into chatops.slack_card (containment, channel, message, shown, over, changed_at)
            values (?, ?, ?, ?, ?, ?)
            on conflict (containment) do update
            set channel = excluded.channel, message = excluded.message, shown = excluded.shown,
                over = excluded.over, changed_at = excluded.changed_at, claimed_until = '-infinity'
            """;

    private static final String UNFINISHED =
            "select containment from chatops.slack_card where not over order by changed_at desc limit ?";

    private static final int TIMEOUT_SECONDS = 5;

    private final DataSource database;

    public PostgresCardLedger(DataSource database) {
        this.database = database;
    }

    /// What is done with a prepared statement.
    @FunctionalInterface
    private interface Step<T> {
        T run(PreparedStatement statement) throws SQLException;
    }

    @Override
    public Optional<Card> find(ContainmentId containment) {
        return step(
                FIND,
                statement -> {
                    statement.setString(1, containment.value());
                    try (var rows = statement.executeQuery()) {
                        return rows.next() ? Optional.of(card(rows)) : Optional.empty();
                    }
                });
    }

    @Override
    public void choose(ContainmentId containment, String channel) {
        step(
                CHOOSE,
                statement -> {
                    statement.setString(1, containment.value());
                    statement.setString(2, channel);
                    return statement.executeUpdate();
                });
    }

    @Override
    public boolean claim(ContainmentId containment, String by, Instant now, Instant until) {
        return step(
                CLAIM,
                statement -> {
                    statement.setString(1, containment.value());
                    statement.setString(2, by);
                    statement.setObject(3, utc(until));
                    statement.setObject(4, utc(now));
                    return statement.executeUpdate() == 1;
                });
    }

    @Override
    public void save(Card card, Instant now) {
        step(
                SAVE,
                statement -> {
                    statement.setString(1, card.containment().value());
                    statement.setString(2, card.channel());
                    statement.setString(3, card.message());
                    statement.setString(4, card.shown());
                    statement.setBoolean(5, card.over());
                    statement.setObject(6, utc(now));
                    return statement.executeUpdate();
                });
    }

    @Override
    public List<ContainmentId> unfinished(int limit) {
        return step(
                UNFINISHED,
                statement -> {
                    statement.setInt(1, limit);
                    var ids = new ArrayList<ContainmentId>();
                    try (var rows = statement.executeQuery()) {
                        while (rows.next()) {
                            ids.add(new ContainmentId(rows.getString(1)));
                        }
                    }
                    return ids;
                });
    }

    private <T> T step(String sql, Step<T> step) {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(sql)) {
            statement.setQueryTimeout(TIMEOUT_SECONDS);
            return step.run(statement);
        } catch (SQLException e) {
            throw new Unavailable("The table of Slack cards cannot be reached.", e);
        }
    }

    private static Card card(ResultSet rows) throws SQLException {
        return new Card(
                new ContainmentId(rows.getString(1)),
                rows.getString(2),
                rows.getString(3),
                rows.getString(4),
                rows.getBoolean(5));
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
