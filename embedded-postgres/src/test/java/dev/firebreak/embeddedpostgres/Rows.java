package dev.firebreak.embeddedpostgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;

/// One table, asked and filled.
final class Rows {
    private Rows() {}

    static void createTable(String url, String password) throws SQLException {
        try (var connection = connect(url, password);
                var statement = connection.createStatement()) {
            statement.execute("create table kept (number bigint primary key)");
        }
    }

    static void insert(String url, String password, long number) throws SQLException {
        try (var connection = connect(url, password);
                var statement = connection.prepareStatement("insert into kept values (?)")) {
            statement.setLong(1, number);
            statement.executeUpdate();
        }
    }

    static long count(String url, String password) throws SQLException {
        try (var connection = connect(url, password);
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select count(*) from kept")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /// Asks again until the server is back.
    static long countWithin(Duration limit, EmbeddedPostgres postgres) throws SQLException {
        var deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            try {
                return count(postgres.jdbcUrl(), postgres.password());
            } catch (SQLException away) {
                if (System.nanoTime() > deadline) {
                    throw away;
                }
            }
        }
    }

    static String shown(EmbeddedPostgres postgres, String setting) throws SQLException {
        try (var connection = connect(postgres.jdbcUrl(), postgres.password());
                var statement = connection.createStatement();
                var rows = statement.executeQuery("show " + setting)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static Connection connect(String url, String password) throws SQLException {
        return DriverManager.getConnection(url, Cluster.OWNER, password);
    }
}
