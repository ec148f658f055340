package dev.firebreak.hostagent.channel;

import dev.firebreak.hostagent.deny.Malformed;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;

/// A one-time enrolment token: it names the enforcer and pins the authority.
public record Token(String text, String enforcer, String authorityDigest) {

    private static final String VERSION = "fbt1";
    private static final int SECRET_BYTES = 32;
    private static final int DIGEST_BYTES = 32;
    private static final int LONGEST = 1_024;
    private static final String ENFORCER = "[A-Za-z0-9][A-Za-z0-9._/-]{0,127}";

    public static Token parse(String given) {
        String text = given.strip();
        String[] parts = text.split("\\.", -1);
        if (text.length() > LONGEST || parts.length != 4 || !parts[0].equals(VERSION)) {
            throw new Malformed("not an enrolment token: it should look like fbt1.….….…");
        }
        String enforcer = new String(decode(parts[1]), StandardCharsets.UTF_8);
        if (!enforcer.matches(ENFORCER)) {
            throw new Malformed("the token names no enforcer");
        }
        if (decode(parts[2]).length != SECRET_BYTES || decode(parts[3]).length != DIGEST_BYTES) {
            throw new Malformed("the token is cut short; copy it whole");
        }
        return new Token(text, enforcer, HexFormat.of().formatHex(decode(parts[3])));
    }

    /// What may be kept of it: enough to know it again, too little to use it.
    String hash() throws GeneralSecurityException {
        var sha = MessageDigest.getInstance("SHA-256");
        return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] decode(String part) {
        try {
            return Base64.getUrlDecoder().decode(part);
        } catch (IllegalArgumentException e) {
            throw new Malformed("the token is damaged; copy it whole");
        }
    }

    /// Never shows the secret.
    @Override
    public String toString() {
        return "token for " + enforcer;
    }
}
