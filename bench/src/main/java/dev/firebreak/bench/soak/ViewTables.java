package dev.firebreak.bench.soak;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// The tables of all views, as they stand, kept beside and compared with a rebuild.
final class ViewTables {

    private static final String SERVED =
            "(SELECT generation FROM views.projection WHERE state = 'SERVING')";

    private final Connection owner;
    private final List<Table> tables;

    private ViewTables(Connection owner, List<Table> tables) {
        this.owner = owner;
        this.tables = tables;
    }

    private record Table(String name, String columns) {}

    /// Found by their shape, so that no view can be forgotten: everything that has generations.
    static ViewTables of(Connection owner) throws SQLException {
        var sql =
                """
                SELECT table_name, string_agg(quote_ident(column_name), ', ' ORDER BY column_name)
                           FILTER (WHERE column_name <> 'generation')
                FROM information_schema.columns
                WHERE table_schema = 'views' AND table_name <> 'projection'
                GROUP BY table_name HAVING bool_or(column_name = 'generation')
                ORDER BY table_name
                """;
        var tables = new ArrayList<Table>();
        try (var statement = owner.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                tables.add(new Table(rows.getString(1), rows.getString(2)));
            }
        }
        if (tables.isEmpty()) {
            throw new IllegalStateException("there are no views to compare");
        }
        return new ViewTables(owner, tables);
    }

    /// Copies what is served now.
    void keep() throws SQLException {
        execute("CREATE SCHEMA soak");
        for (var table : tables) {
            execute(
                    "CREATE TABLE soak.%s AS SELECT %s FROM views.%s WHERE generation = %s"
                            .formatted(table.name, table.columns, table.name, SERVED));
        }
    }

    /// A sentence for each view whose kept rows are not exactly what is served now.
    List<String> differences() throws SQLException {
        var differences = new ArrayList<String>();
        for (var table : tables) {
            var missed = count(served(table), kept(table));
            var surplus = count(kept(table), served(table));
            if (missed + surplus > 0) {
                differences.add(
                        "the view %s misses %d rows that the log implies, and has %d that it does not"
                                .formatted(table.name, missed, surplus));
            }
        }
        return differences;
    }

    String names() {
        return String.join(", ", tables.stream().map(Table::name).toList());
    }

    private static String served(Table table) {
        return "SELECT %s FROM views.%s WHERE generation = %s"
                .formatted(table.columns, table.name, SERVED);
    }

    private static String kept(Table table) {
        return "SELECT %s FROM soak.%s".formatted(table.columns, table.name);
    }

    private long count(String in, String notIn) throws SQLException {
        try (var statement = owner.createStatement();
                var rows =
                        statement.executeQuery(
                                "SELECT count(*) FROM (%s EXCEPT ALL %s) AS more"
                                        .formatted(in, notIn))) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (var statement = owner.createStatement()) {
            statement.execute(sql);
        }
    }
}
