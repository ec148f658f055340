package dev.firebreak.enforcerconnectors.hostagent;

import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.InvalidTerm;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Pattern;

/// A one-time token: `fbt1.<enforcer>.<secret>.<authority>`, each in base64url. It names the only
/// enforcer it enrols, and the authority whose certificate the agent is to pin. Only its hash is
/// ever stored or logged.
public record EnrolmentToken(EnforcerName enforcer, String secret, String authority) {

    private static final String PREFIX = "fbt1";

    /// 32 bytes.
    private static final Pattern BYTES = Pattern.compile("[A-Za-z0-9_-]{43}");

    private static final int MAX_TEXT = 1_024;

    public EnrolmentToken {
        if (!BYTES.matcher(secret).matches() || !BYTES.matcher(authority).matches()) {
            throw notAToken();
        }
    }

    static EnrolmentToken of(EnforcerName enforcer, byte[] secret, byte[] authority) {
        return new EnrolmentToken(enforcer, encoded(secret), encoded(authority));
    }

    public static EnrolmentToken parse(String text) {
        var parts = text.length() > MAX_TEXT ? new String[0] : text.split("\\.", -1);
        if (parts.length != 4 || !PREFIX.equals(parts[0])) {
            throw notAToken();
        }
        return new EnrolmentToken(EnforcerName.parse(decoded(parts[1])), parts[2], parts[3]);
    }

    /// What the agent is given, once.
    public String text() {
        var name = encoded(enforcer.toString().getBytes(StandardCharsets.UTF_8));
        return String.join(".", PREFIX, name, secret, authority);
    }

    /// What the log keeps of it: SHA-256 of the text, in hex.
    public String hash() {
        return Hash.of(text());
    }

    boolean isOf(byte[] authorityHash) {
        return MessageDigest.isEqual(
                authority.getBytes(StandardCharsets.US_ASCII),
                encoded(authorityHash).getBytes(StandardCharsets.US_ASCII));
    }

    /// Never the secret.
    @Override
    public String toString() {
        return "token for " + enforcer;
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String decoded(String text) {
        try {
            return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            throw notAToken();
        }
    }

    private static InvalidTerm notAToken() {
        return new InvalidTerm("This is not an enrolment token; they begin with fbt1.");
    }
}
