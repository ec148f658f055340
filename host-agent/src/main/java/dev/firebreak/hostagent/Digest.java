package dev.firebreak.hostagent;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;

/// The digest a heartbeat carries: what is held, in 64 digits, whatever its size.
final class Digest {

    private Digest() {}

    /// SHA-256 of the ids, sorted, each followed by a newline.
    static String of(Collection<String> ids) {
        var sha = sha256();
        ids.stream()
                .sorted()
                .forEach(id -> sha.update((id + "\n").getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(sha.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
