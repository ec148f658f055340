package dev.firebreak.bench.append;

import dev.firebreak.bench.postgres.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/// One client of the floor: a connection, a prepared statement, a commit a row.
record JdbcClient(Connection connection, PreparedStatement insert, AxonTable.Row row)
        implements Clients.Client {

    static JdbcClient connect(Database database, AxonTable.Row row) throws SQLException {
        var connection = database.owner().getConnection();
        return new JdbcClient(connection, AxonTable.prepared(connection), row);
    }

    @Override
    public void ask() throws SQLException {
        AxonTable.insert(insert, row);
    }

    @Override
    public void close() throws SQLException {
        insert.close();
        connection.close();
    }
}
