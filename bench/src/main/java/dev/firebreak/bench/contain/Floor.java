package dev.firebreak.bench.contain;

import dev.firebreak.hostagent.kernel.PacketMeter;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.postgresql.ds.PGSimpleDataSource;

/// The least that a durable cut anywhere has to do: commit one row, write one entry of a kernel
/// map, cross the loopback once and come back.
final class Floor implements AutoCloseable {

    private final Connection connection;
    private final PreparedStatement insert;
    private final Echo echo;
    private final PacketMeter kernel;
    private long count;

    Floor(PGSimpleDataSource owner, PacketMeter kernel) throws SQLException, IOException {
        connection = owner.getConnection();
        try (var statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA bench");
            statement.execute("CREATE TABLE bench.row (id bigint PRIMARY KEY, what text)");
        }
        insert = connection.prepareStatement("INSERT INTO bench.row VALUES (?, 'contain')");
        echo = new Echo();
        this.kernel = kernel;
    }

    void once() throws SQLException, IOException {
        insert.setLong(1, ++count);
        insert.executeUpdate();
        echo.roundTrip();
        kernel.write();
    }

    @Override
    public void close() throws SQLException, IOException {
        echo.close();
        insert.close();
        connection.close();
    }
}
