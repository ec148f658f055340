package dev.firebreak.chatops.slack;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Says whether some bytes really come from Slack, and just now. Whether for the first time, too,
/// is told by [UsedSignatures].
///
/// Slack's own library lets future timestamps pass, compares in variable time and accepts a second
/// use; so this is ours.
public final class SlackVerifier {

    public static final String TIMESTAMP = "x-slack-request-timestamp";
    public static final String SIGNATURE = "x-slack-signature";

    /// Either way, so a timestamp ahead of us is as wrong as an old one.
    static final Duration WINDOW = Duration.ofMinutes(5);

    private static final Pattern SECONDS = Pattern.compile("\\d{1,12}");
    private static final Pattern HMAC = Pattern.compile("v0=[0-9a-f]{64}");
    private static final String ALGORITHM = "HmacSHA256";

    private final List<Secret> secrets;

    public SlackVerifier(List<Secret> secrets) {
        this.secrets = List.copyOf(secrets);
    }

    /// What came of looking.
    public sealed interface Verdict {

        record Genuine(SlackSignature signature) implements Verdict {}

        /// `why` is for our log; whoever sent it learns nothing.
        record Refused(String why) implements Verdict {}
    }

    public Verdict verify(Map<String, List<String>> headers, byte[] body, Instant now) {
        var timestamps = values(headers, TIMESTAMP);
        var signatures = values(headers, SIGNATURE);
        if (timestamps.size() != 1 || signatures.size() != 1) {
            return new Verdict.Refused("signature or timestamp missing, or there twice");
        }
        var timestamp = timestamps.getFirst();
        var signature = signatures.getFirst();
        if (!SECONDS.matcher(timestamp).matches() || !HMAC.matcher(signature).matches()) {
            return new Verdict.Refused("signature or timestamp malformed");
        }
        var sentAt = instant(timestamp);
        if (Duration.between(sentAt, now).abs().compareTo(WINDOW) > 0) {
            return new Verdict.Refused("timestamp further than 300s from now");
        }
        if (!isSigned(timestamp, body, signature)) {
            return new Verdict.Refused("signature does not match");
        }
        return new Verdict.Genuine(SlackSignature.of(signature, sentAt));
    }

    /// Every secret is tried, so that the time taken does not tell which one matched.
    private boolean isSigned(String timestamp, byte[] body, String signature) {
        var given = HexFormat.of().parseHex(signature, "v0=".length(), signature.length());
        var matched = false;
        for (var secret : secrets) {
            matched |= MessageDigest.isEqual(given, hmac(secret, timestamp, body));
        }
        return matched;
    }

    static String sign(Secret secret, String timestamp, byte[] body) {
        return "v0=" + HexFormat.of().formatHex(hmac(secret, timestamp, body));
    }

    private static byte[] hmac(Secret secret, String timestamp, byte[] body) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.bytes(), ALGORITHM));
            mac.update(("v0:" + timestamp + ":").getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no " + ALGORITHM, e);
        }
    }

    private static Instant instant(String seconds) {
        try {
            return Instant.ofEpochSecond(Long.parseLong(seconds));
        } catch (DateTimeException _) {
            return Instant.EPOCH;
        }
    }

    /// Header names mean the same in any case; two spellings are two values.
    private static List<String> values(Map<String, List<String>> headers, String name) {
        var values = new ArrayList<String>();
        headers.forEach((key, all) -> {
            if (key.toLowerCase(Locale.ROOT).equals(name)) {
                values.addAll(all);
            }
        });
        return values;
    }
}
