package dev.firebreak.service.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/// Bearer tokens: 256 random bits, `fbr_…`, of which only the SHA-256 is ever stored. A fast hash
/// is enough, since nobody can guess at 256 bits.
public final class Tokens {

    private static final String PREFIX = "fbr_";
    private static final int SECRET_BYTES = 32;
    private static final int ID_BYTES = 5;

    private static final SecureRandom RANDOM = new SecureRandom();

    private Tokens() {}

    /// A new token; it is shown once.
    public static String mint() {
        return PREFIX
                + Base64.getUrlEncoder().withoutPadding().encodeToString(random(SECRET_BYTES));
    }

    /// A short name to revoke a token by.
    public static String mintId() {
        return "t-" + HexFormat.of().formatHex(random(ID_BYTES));
    }

    public static String hash(String token) {
        try {
            var digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException broken) {
            throw new IllegalStateException("Every Java platform has SHA-256", broken);
        }
    }

    private static byte[] random(int bytes) {
        var random = new byte[bytes];
        RANDOM.nextBytes(random);
        return random;
    }
}
