package dev.firebreak.bench.append;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;

/// The floor: a table as Axon's JDBC engine makes it, and one row of ours a commit.
final class AxonTable {

    static final String CREATE =
            """
            CREATE TABLE domain_event_entry (
                global_index         bigserial    PRIMARY KEY,
                aggregate_identifier varchar(255) NOT NULL,
                sequence_number      bigint       NOT NULL,
                type                 varchar(255),
                event_identifier     varchar(255) NOT NULL UNIQUE,
                meta_data            bytea,
                payload              bytea        NOT NULL,
                payload_revision     varchar(255),
                payload_type         varchar(255) NOT NULL,
                time_stamp           varchar(255) NOT NULL,
                UNIQUE (aggregate_identifier, sequence_number)
            )
            """;

    static final String INSERT =
            """
            INSERT INTO domain_event_entry
                (aggregate_identifier, sequence_number, type, event_identifier, meta_data, payload,
                 payload_revision, payload_type, time_stamp)
            VALUES (?, 0, 'workload', ?, ?, ?, '1', 'workload.deployed', ?)
            """;

    /// The same row by pgbench, its bytes written into the statement.
    static final String PGBENCH =
            """
            INSERT INTO domain_event_entry
                (aggregate_identifier, sequence_number, type, event_identifier, meta_data, payload,
                 payload_revision, payload_type, time_stamp)
            VALUES ('workload/payments/' || gen_random_uuid(), 0, 'workload', gen_random_uuid(),
                    '\\x%s', '\\x%s', '1', 'workload.deployed', '2026-11-23T12:00:00.123456789Z');
            """;

    private AxonTable() {}

    static PreparedStatement prepared(Connection connection) throws SQLException {
        return connection.prepareStatement(INSERT);
    }

    static void insert(PreparedStatement statement, Row row) throws SQLException {
        var id = UUID.randomUUID().toString();
        statement.setString(1, "workload/payments/" + id);
        statement.setString(2, id);
        statement.setBytes(3, row.metaData());
        statement.setBytes(4, row.payload());
        statement.setString(5, "2026-11-23T12:00:00.123456789Z");
        statement.executeUpdate();
    }

    /// The bytes of a row, as many as ours has.
    @SuppressWarnings("ArrayRecordComponent") // never compared, and written thousands of times
    record Row(byte[] metaData, byte[] payload) {}
}
