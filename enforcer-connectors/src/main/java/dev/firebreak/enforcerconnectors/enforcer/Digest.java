package dev.firebreak.enforcerconnectors.enforcer;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;

/// A short name for a set of denies, by which two sides notice that they differ: SHA-256 (hex) over
/// the ids, sorted, each followed by a line feed.
public final class Digest {

    private Digest() {}

    public static String of(Collection<DenyId> ids) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            ids.stream()
                    .sorted()
                    .forEach(id -> sha.update((id + "\n").getBytes(StandardCharsets.US_ASCII)));
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException broken) {
            throw new IllegalStateException("Every Java platform has SHA-256", broken);
        }
    }
}
