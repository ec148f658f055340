package dev.firebreak.hostagent.kernel;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// A deny's id as a slot carries it: the first half of its SHA-256.
record DenyMark(long high, long low) {

    static final DenyMark NONE = new DenyMark(0, 0);

    static DenyMark of(String id) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(id.getBytes(StandardCharsets.UTF_8));
            var bytes = ByteBuffer.wrap(digest);
            return new DenyMark(bytes.getLong(), bytes.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
