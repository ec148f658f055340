package dev.firebreak.eventlog.log;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/// Whether a PostgreSQL, as the application's own session sees it, keeps what it acknowledges and
/// keeps the application from changing the past.
public final class DurabilityCheck {

    private static final String SQL =
            """
            SELECT current_setting('fsync') <> 'on' AS no_fsync,
                   current_setting('full_page_writes') <> 'on' AS no_full_page_writes,
                   current_setting('synchronous_commit') = 'off' AS no_synchronous_commit,
                   current_setting('synchronous_commit') = 'local'
                       AND current_setting('synchronous_standby_names') <> '' AS alone,
                   pg_is_in_recovery() AS standby,
                   current_setting('is_superuser') = 'on' AS superuser,
                   pg_has_role(current_user, relowner, 'MEMBER') AS owner,
                   has_any_column_privilege(current_user, oid, 'UPDATE') AS may_update,
                   has_table_privilege(current_user, oid, 'DELETE') AS may_delete,
                   has_table_privilege(current_user, oid, 'TRUNCATE') AS may_truncate,
                   NOT EXISTS (SELECT FROM pg_trigger
                               WHERE tgrelid = pg_class.oid AND tgname = 'append_only'
                                   AND tgenabled IN ('O', 'A')) AS no_trigger,
                   current_user AS role
            FROM pg_class WHERE oid = 'log.event'::regclass
            """;

    private DurabilityCheck() {}

    /// `refusals` are reasons not to start, `warnings` weaken what an acknowledgement means. Each
    /// is a sentence with what to do.
    public record Findings(List<String> refusals, List<String> warnings) {
        public Findings {
            refusals = List.copyOf(refusals);
            warnings = List.copyOf(warnings);
        }
    }

    /// Looks through the eyes of whoever will append; settings by role or database count.
    public static Findings look(DataSource application) {
        try (var connection = application.getConnection()) {
            return look(connection);
        } catch (SQLException failed) {
            throw LogUnavailable.nothingAppended(
                    "The database's settings cannot be read: " + failed.getMessage(), failed);
        }
    }

    private static Findings look(Connection connection) throws SQLException {
        try (var query = connection.createStatement();
                var found = query.executeQuery(SQL)) {
            if (!found.next()) {
                throw new IllegalStateException("log.event does not exist");
            }
            var refusals = new ArrayList<String>();
            settings(found, refusals);
            rights(found, refusals);
            return new Findings(refusals, warnings(found));
        }
    }

    private static void settings(ResultSet found, List<String> refusals) throws SQLException {
        if (found.getBoolean("no_fsync")) {
            refusals.add(off("fsync", "a power failure can lose or damage acknowledged commands"));
        }
        if (found.getBoolean("no_full_page_writes")) {
            refusals.add(off("full_page_writes", "a power failure can leave half-written pages"));
        }
        if (found.getBoolean("no_synchronous_commit")) {
            refusals.add(
                    off("synchronous_commit", "a crash can lose commands that were acknowledged")
                            + " It may be set for this role or database: ALTER ROLE … RESET"
                            + " synchronous_commit, ALTER DATABASE … RESET synchronous_commit.");
        }
        if (found.getBoolean("standby")) {
            refusals.add(
                    "This PostgreSQL is a standby, and decisions are made on the writing server"
                            + " only. Point firebreak.database.url at the primary.");
        }
    }

    private static void rights(ResultSet found, List<String> refusals) throws SQLException {
        var role = found.getString("role");
        if (found.getBoolean("superuser") || found.getBoolean("owner")) {
            refusals.add(
                    "The application connects as '%s', who is a superuser or owns the log and could change the past. Connect as a role of its own that the migrations grant to."
                            .formatted(role));
        } else {
            right(found, "may_update", "UPDATE", role, refusals);
            right(found, "may_delete", "DELETE", role, refusals);
            right(found, "may_truncate", "TRUNCATE", role, refusals);
        }
        if (found.getBoolean("no_trigger")) {
            refusals.add(
                    "The trigger that keeps log.event append-only is missing or switched off. Run:"
                            + " ALTER TABLE log.event ENABLE TRIGGER append_only; then verify the"
                            + " chain with: firebreak audit verify.");
        }
    }

    private static void right(
            ResultSet found, String column, String right, String role, List<String> refusals)
            throws SQLException {
        if (found.getBoolean(column)) {
            refusals.add(
                    "The role '%s' may %s log.event. Run: REVOKE %s ON log.event FROM \"%s\"; and look for a grant to PUBLIC or to a role that it is a member of."
                            .formatted(role, right, right, role));
        }
    }

    private static List<String> warnings(ResultSet found) throws SQLException {
        return found.getBoolean("alone")
                ? List.of(
                        "synchronous_commit is 'local' although standbys are named: a fail-over can"
                                + " lose acknowledged commands. Set it to 'on'.")
                : List.of();
    }

    private static String off(String setting, String consequence) {
        return "PostgreSQL runs with %s off: %s. Set %s = on (postgresql.conf) and restart PostgreSQL."
                .formatted(setting, consequence, setting);
    }
}
