package dev.firebreak.eventlog.term;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256 of canonical text, where equal meaning must give an equal short name.
final class Fingerprint {

    private Fingerprint() {}

    static byte[] of(String canonicalText) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(canonicalText.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException broken) {
            throw new IllegalStateException("Every Java platform has SHA-256", broken);
        }
    }

    static String hex(String canonicalText) {
        return HexFormat.of().formatHex(of(canonicalText));
    }
}
