package dev.firebreak.chatops.slack;

import dev.firebreak.chatops.Unavailable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import javax.sql.DataSource;

/// Used signatures in PostgreSQL, in the table of `db/migration/chatops`; the primary key decides
/// who was first. Only what was signed with a live secret gets here, so a stranger cannot fill it.
public final class PostgresUsedSignatures implements UsedSignatures {

    /// More than Slack sends in the time that they are kept, by far.
    static final int MAX = 100_000;

    /// More are forgotten at each use than are added, so the table shrinks to what must be kept.
    private static final int FORGOTTEN_AT_ONCE = 100;

    private static final String FORGET =
            """
            delete from chatops.slack_signature where digest in
                (select digest from chatops.slack_signature where sent_at < ? order by sent_at limit ?)
            """;

    private static final String USE =
            """
            insert into chatops.slack_signature (digest, sent_at)
            select ?, ?
            where (select count(*) from (select from chatops.slack_signature limit ?) as kept) < ?
            on conflict (digest) do nothing
            """;

    private static final int TIMEOUT_SECONDS = 2;

    private final DataSource database;
    private final int max;

    public PostgresUsedSignatures(DataSource database) {
        this(database, MAX);
    }

    PostgresUsedSignatures(DataSource database, int max) {
        this.database = database;
        this.max = max;
    }

    @Override
    public boolean use(SlackSignature signature, Instant now) {
        try (var connection = database.getConnection()) {
            forget(connection, now.minus(SlackSignature.KEPT));
            return use(connection, signature);
        } catch (SQLException e) {
            throw new Unavailable("The table of used signatures cannot be reached.", e);
        }
    }

    private static void forget(Connection connection, Instant sentBefore) throws SQLException {
        try (var statement = prepared(connection, FORGET)) {
            statement.setObject(1, utc(sentBefore));
            statement.setInt(2, FORGOTTEN_AT_ONCE);
            statement.executeUpdate();
        }
    }

    private boolean use(Connection connection, SlackSignature signature) throws SQLException {
        try (var statement = prepared(connection, USE)) {
            statement.setString(1, signature.digest());
            statement.setObject(2, utc(signature.sentAt()));
            statement.setInt(3, max);
            statement.setInt(4, max);
            return statement.executeUpdate() == 1;
        }
    }

    private static PreparedStatement prepared(Connection connection, String sql)
            throws SQLException {
        var statement = connection.prepareStatement(sql);
        statement.setQueryTimeout(TIMEOUT_SECONDS);
        return statement;
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
