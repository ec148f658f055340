package dev.firebreak.eventlog.log;

import java.sql.Connection;
import java.sql.SQLException;

/// A transaction on a connection that otherwise commits by itself; rolled back unless committed.
final class Transaction implements AutoCloseable {

    private final Connection connection;
    private boolean committed;

    Transaction(Connection connection) throws SQLException {
        this.connection = connection;
        connection.setAutoCommit(false);
    }

    void commit() throws SQLException {
        connection.commit();
        committed = true;
    }

    @Override
    public void close() throws SQLException {
        if (!committed) {
            connection.rollback();
        }
        connection.setAutoCommit(true);
    }
}
