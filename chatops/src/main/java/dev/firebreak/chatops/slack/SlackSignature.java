package dev.firebreak.chatops.slack;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;

/// A genuine signature of Slack's, to be remembered: `digest` is its SHA-256, for the signature
/// itself is nothing to keep, and `sentAt` is what Slack signed with it.
public record SlackSignature(String digest, Instant sentAt) {

    /// Twice as long as it could be accepted: as much again for clocks that differ.
    public static final Duration KEPT = SlackVerifier.WINDOW.multipliedBy(2);

    static SlackSignature of(String signature, Instant sentAt) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            var digest = sha256.digest(signature.getBytes(StandardCharsets.US_ASCII));
            return new SlackSignature(HexFormat.of().formatHex(digest), sentAt);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no SHA-256", e);
        }
    }
}
