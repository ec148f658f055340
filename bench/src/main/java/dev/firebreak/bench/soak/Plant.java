package dev.firebreak.bench.soak;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// A harm done on purpose before the verdict, to see that the verdict notices.
enum Plant {
    NOTHING(List.of()),

    /// An acknowledged event disappears, and all after it close up; the triggers are switched off
    /// first, as whoever tampers would.
    LOST_EVENT(
            List.of(
                    "ALTER TABLE log.event DISABLE TRIGGER append_only",
                    """
                    DELETE FROM log.event WHERE position =
                        (SELECT max(position) / 2 FROM log.event)
                    """,
                    "ALTER TABLE log.event ENABLE TRIGGER append_only")),

    /// The last acknowledged command was answered and never written: the log just ends before it.
    LOST_END(
            List.of(
                    "ALTER TABLE log.event DISABLE TRIGGER append_only",
                    """
                    DELETE FROM log.event WHERE position >=
                        (SELECT max(position) FROM log.event WHERE command_key LIKE 'soak-%')
                    """,
                    """
                    UPDATE log.checkpoint SET (position, hash) =
                        (SELECT position, hash FROM log.event ORDER BY position DESC LIMIT 1)
                    """,
                    "ALTER TABLE log.event ENABLE TRIGGER append_only")),

    /// One view has missed one event.
    MISSED_BY_VIEW(
            List.of(
                    """
                    DELETE FROM views.workload WHERE name =
                        (SELECT min(name) FROM views.workload WHERE name LIKE 'soak/%')
                    """));

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> statements;

    Plant(List<String> statements) {
        this.statements = statements;
    }

    void into(Connection owner) throws SQLException {
        try (var statement = owner.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
