package dev.firebreak.hostagent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.firebreak.hostagent.deny.Deny;
import dev.firebreak.hostagent.deny.Malformed;
import dev.firebreak.hostagent.protocol.WireDeny;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// One line of the [Journal]: a deny with its end on three clocks, or an id that was dropped, or a
/// generation. Written as JSON behind a checksum.
record JournalLine(
        @Nullable WireDeny put, // absent in a line that puts nothing
        @Nullable String drop, // absent in a line that drops nothing
        long generation,
        @Nullable String bootId, // absent in a line that puts nothing
        long bootExpiryNanos,
        long wallMillis) {

    private static final int CHECKSUM_DIGITS = 8;

    static JournalLine put(
            Deny deny, long generation, String bootId, long bootExpiryNanos, long wallMillis) {
        return new JournalLine(
                WireDeny.of(deny), null, generation, bootId, bootExpiryNanos, wallMillis);
    }

    static JournalLine drop(String id, long generation) {
        return new JournalLine(null, id, generation, null, 0, 0);
    }

    static JournalLine fence(long generation) {
        return new JournalLine(null, null, generation, null, 0, 0);
    }

    /// None when it is torn or was changed.
    static Optional<JournalLine> read(JsonMapper json, String text) {
        boolean whole = text.length() > CHECKSUM_DIGITS && text.charAt(CHECKSUM_DIGITS) == ' ';
        if (!whole) {
            return Optional.empty();
        }
        String body = text.substring(CHECKSUM_DIGITS + 1);
        if (!text.startsWith(checksum(body))) {
            return Optional.empty();
        }
        try {
            return Optional.of(json.readValue(body, JournalLine.class));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    String text(JsonMapper json) throws JsonProcessingException {
        String body = json.writeValueAsString(this);
        return checksum(body) + " " + body;
    }

    /// None also for one that a version with other ideas wrote; the slot in the kernel still ends
    /// by itself.
    Optional<Deny> deny() {
        try {
            return put == null ? Optional.empty() : Optional.of(put.read());
        } catch (Malformed e) {
            return Optional.empty();
        }
    }

    /// Its end on the boot clock of now. After a reboot the wall clock must say how much went by;
    /// where it stands before the moment of writing, nothing is taken off: late, never early.
    long expiry(Deny deny, String bootNow, long bootNanos, long wallNow) {
        if (bootNow.equals(bootId)) {
            return bootExpiryNanos;
        }
        long passed = Math.max(0, wallNow - wallMillis);
        return bootNanos + deny.remaining().minusMillis(passed).toNanos();
    }

    private static String checksum(String text) {
        var crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return String.format("%08x", crc.getValue());
    }
}
