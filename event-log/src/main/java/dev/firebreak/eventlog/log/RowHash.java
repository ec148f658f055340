package dev.firebreak.eventlog.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/// The hash of a row: SHA-256 over the hash before it and then every stored column in the form that
/// PostgreSQL itself sends in a binary COPY: a length of four bytes (-1 for null), then the value.
/// See docs/reference/log-format.md.
final class RowHash {

    private static final int NULL = -1;

    /// PostgreSQL counts microseconds from 2000-01-01.
    private static final long POSTGRES_EPOCH_MICROS = 946_684_800_000_000L;

    /// Everything but the texts and the payload: twelve lengths, four longs, an int, three UUIDs.
    private static final int FIXED = 14 * Integer.BYTES + 4 * Long.BYTES + Integer.BYTES + 3 * 16;

    private RowHash() {}

    static Bytes of(Bytes previous, StoredEvent row) {
        var digest = sha256();
        digest.update(previous.array());
        digest.update(columns(row));
        return new Bytes(digest.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException broken) {
            throw new IllegalStateException("Every Java platform has SHA-256", broken);
        }
    }

    /// The columns in the table's order, all but the hash.
    private static ByteBuffer columns(StoredEvent row) {
        var stream = row.stream().getBytes(UTF_8);
        var name = row.name().name().getBytes(UTF_8);
        var payload = row.payload().array();
        var actor = row.actor().getBytes(UTF_8);
        var surface = row.surface().getBytes(UTF_8);
        var key = row.commandKey().getBytes(UTF_8);
        var variable =
                stream.length
                        + name.length
                        + payload.length
                        + actor.length
                        + surface.length
                        + key.length;
        var to = ByteBuffer.allocate(FIXED + variable);
        put(to, row.position());
        put(to, row.id());
        put(to, stream);
        if (row.sequence() == PreparedEvent.NO_SEQUENCE) {
            to.putInt(NULL);
        } else {
            put(to, row.sequence());
        }
        put(to, name);
        to.putInt(Integer.BYTES).putInt(row.name().revision());
        put(to, payload);
        put(to, row.validAt() - POSTGRES_EPOCH_MICROS);
        put(to, row.recordedAt() - POSTGRES_EPOCH_MICROS);
        put(to, actor);
        put(to, surface);
        put(to, row.correlation());
        put(to, row.causation());
        if (key.length == 0) {
            to.putInt(NULL);
        } else {
            put(to, key);
        }
        return to.flip();
    }

    private static void put(ByteBuffer to, long value) {
        to.putInt(Long.BYTES).putLong(value);
    }

    private static void put(ByteBuffer to, byte[] value) {
        to.putInt(value.length).put(value);
    }

    private static void put(ByteBuffer to, UUID value) {
        to.putInt(16)
                .putLong(value.getMostSignificantBits())
                .putLong(value.getLeastSignificantBits());
    }
}
