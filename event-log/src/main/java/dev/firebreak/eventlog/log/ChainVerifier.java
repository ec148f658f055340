package dev.firebreak.eventlog.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/// Recomputes the chain of hashes from the very bytes that PostgreSQL hands out in a binary COPY,
/// in one pass and with one row in memory. Needs no more than the right to read.
public final class ChainVerifier {

    private static final String COPY =
            """
            COPY (SELECT position, id, stream, sequence, name, revision, payload, valid_at,
                         recorded_at, actor, surface, correlation, causation, command_key, hash
                  FROM log.event ORDER BY position)
            TO STDOUT (FORMAT binary)
            """;

    private static final int COLUMNS = 15;
    private static final int HEADER_BYTES = 11 + 2 * Integer.BYTES;
    private static final short TRAILER = -1;

    private final MessageDigest digest = RowHash.sha256();
    private final Head checkpoint;
    private Head last = Head.EMPTY;

    private ChainVerifier(Head checkpoint) {
        this.checkpoint = checkpoint;
    }

    /// Reads the whole log, as it is at this moment.
    public static Verification verify(DataSource source) {
        try (var connection = new LogConnections(source).forScanning();
                var transaction = new Transaction(connection)) {
            try (var snapshot = connection.createStatement()) {
                snapshot.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
            }
            var verification = new ChainVerifier(Queries.checkpoint(connection)).verify(connection);
            transaction.commit();
            return verification;
        } catch (SQLException | IOException failed) {
            throw LogUnavailable.nothingAppended(
                    "The log cannot be verified: the database does not answer.", failed);
        }
    }

    private Verification verify(Connection connection) throws SQLException, IOException {
        var copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(COPY);
        var broken = rows(copy);
        if (broken.isPresent()) {
            copy.cancelCopy();
            return broken.get();
        }
        return last.position() < checkpoint.position()
                ? missing(last.position() + 1, checkpoint.position() + 1)
                : new Verification.Intact(last.position(), last.hash().toString());
    }

    private Optional<Verification> rows(CopyOut copy) throws SQLException {
        var skip = HEADER_BYTES;
        for (var bytes = copy.readFromCopy(); bytes != null; bytes = copy.readFromCopy()) {
            var data = ByteBuffer.wrap(bytes, skip, bytes.length - skip);
            skip = 0;
            while (data.hasRemaining()) {
                var columns = data.getShort();
                if (columns == TRAILER) {
                    break;
                }
                var broken = row(data, columns);
                if (broken.isPresent()) {
                    return broken;
                }
            }
        }
        return Optional.empty();
    }

    /// The bytes of all columns but the last are hashed as they stand.
    private Optional<Verification> row(ByteBuffer data, int columns) {
        if (columns != COLUMNS) {
            throw new IllegalStateException(columns + " columns in the log instead of " + COLUMNS);
        }
        var start = data.position();
        var position = data.getLong(start + Integer.BYTES);
        for (var column = 1; column < COLUMNS; column++) {
            skip(data);
        }
        digest.update(last.hash().array());
        digest.update(data.slice(start, data.position() - start));
        var computed = new Bytes(digest.digest());
        var stored = new byte[data.getInt()];
        data.get(stored);
        var expected = last.position() + 1;
        last = new Head(position, computed);
        if (position != expected) {
            return Optional.of(missing(expected, position));
        }
        if (!computed.equals(new Bytes(stored))) {
            return Optional.of(changed());
        }
        return position == checkpoint.position() && !last.equals(checkpoint)
                ? Optional.of(rewritten())
                : Optional.empty();
    }

    private static void skip(ByteBuffer data) {
        var length = data.getInt();
        data.position(data.position() + Math.max(length, 0));
    }

    private static Verification.Broken missing(long from, long to) {
        return new Verification.Broken(
                from,
                to - from == 1
                        ? "The event at position %d is missing.".formatted(from)
                        : "The events at positions %d to %d are missing.".formatted(from, to - 1));
    }

    private Verification rewritten() {
        return new Verification.Broken(
                last.position(),
                "The log had another hash at position %d when that was noted; it, or what is before it, was written anew."
                        .formatted(last.position()));
    }

    private Verification changed() {
        return new Verification.Broken(
                last.position(),
                "The event at position %d, or its place in the order, is not what was appended."
                        .formatted(last.position()));
    }
}
