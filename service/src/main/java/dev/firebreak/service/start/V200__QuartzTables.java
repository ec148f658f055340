package dev.firebreak.service.start;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;

/// Quartz's own tables, by the script that Quartz ships, in a schema of their own.
final class V200__QuartzTables extends BaseJavaMigration {

    private static final String SCRIPT = "/org/quartz/impl/jdbcjobstore/tables_postgres.sql";

    private final String applicationRole;

    V200__QuartzTables(String applicationRole) {
        this.applicationRole = applicationRole;
    }

    @Override
    public void migrate(Context context) throws SQLException, IOException {
        try (var statement = context.getConnection().createStatement()) {
            statement.execute("CREATE SCHEMA IF NOT EXISTS quartz");
            statement.execute("SET LOCAL search_path TO quartz");
            statement.execute(script());
            statement.execute(
                    Schema.quoted(
                            context.getConnection(),
                            "GRANT USAGE ON SCHEMA quartz TO %1$I; GRANT SELECT, INSERT, UPDATE,"
                                    + " DELETE ON ALL TABLES IN SCHEMA quartz TO %1$I",
                            applicationRole));
        }
    }

    private static String script() throws IOException {
        try (InputStream script = V200__QuartzTables.class.getResourceAsStream(SCRIPT)) {
            if (script == null) {
                throw new IllegalStateException("Quartz no longer ships " + SCRIPT);
            }
            // The script ends in a COMMIT that belongs to psql; the migration's transaction is
            // ours.
            return new String(script.readAllBytes(), StandardCharsets.UTF_8)
                    .replaceAll("(?im)^\\s*(BEGIN|COMMIT)\\s*;", "");
        }
    }
}
