package dev.firebreak.chatops.slack;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// What a button carries: opaque to Slack and to people, made by nobody but us, readable by every
/// replica and after a restart, since nothing of it is kept here. It grants nothing: whoever
/// presses is asked for again.
final class Tickets {

    /// Slack's limit for a button's value.
    static final int MAX_LENGTH = 2_000;

    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final int MAX_PLAIN = 8_192;

    private final List<SecretKeySpec> keys;
    private final SecureRandom random = new SecureRandom();

    /// Seals with a key from the first secret, opens with one from any.
    Tickets(List<Secret> secrets) {
        keys = secrets.stream().map(Tickets::key).toList();
    }

    /// Nothing when it would be longer than Slack takes.
    Optional<String> seal(Press press) {
        var nonce = new byte[NONCE];
        random.nextBytes(nonce);
        var sealed =
                crypt(Cipher.ENCRYPT_MODE, keys.getFirst(), nonce, deflated(PressText.write(press)))
                        .orElseThrow(() -> new IllegalStateException("AES/GCM does not encrypt"));
        var whole = Arrays.copyOf(nonce, NONCE + sealed.length);
        System.arraycopy(sealed, 0, whole, NONCE, sealed.length);
        var text = Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
        return text.length() <= MAX_LENGTH ? Optional.of(text) : Optional.empty();
    }

    /// Nothing when it was not sealed by us, or under a secret that is gone.
    Optional<Press> open(String ticket) {
        if (ticket.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            var whole = Base64.getUrlDecoder().decode(ticket);
            if (whole.length <= NONCE) {
                return Optional.empty();
            }
            var nonce = Arrays.copyOf(whole, NONCE);
            var sealed = Arrays.copyOfRange(whole, NONCE, whole.length);
            return keys.stream()
                    .flatMap(key -> crypt(Cipher.DECRYPT_MODE, key, nonce, sealed).stream())
                    .findFirst()
                    .map(plain -> PressText.read(inflated(plain)));
        } catch (IllegalArgumentException | IndexOutOfBoundsException _) {
            return Optional.empty();
        }
    }

    private static SecretKeySpec key(Secret secret) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update("firebreak buttons\n".getBytes(StandardCharsets.UTF_8));
            return new SecretKeySpec(digest.digest(secret.bytes()), "AES");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no SHA-256", e);
        }
    }

    private static Optional<byte[]> crypt(int mode, SecretKeySpec key, byte[] nonce, byte[] text) {
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            return Optional.of(cipher.doFinal(text));
        } catch (GeneralSecurityException _) {
            return Optional.empty();
        }
    }

    private static byte[] deflated(String text) {
        try (var deflater = new Deflater(Deflater.BEST_COMPRESSION, true)) {
            deflater.setInput(text.getBytes(StandardCharsets.UTF_8));
            deflater.finish();
            var out = new ByteArrayOutputStream();
            var buffer = new byte[1_024];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return out.toByteArray();
        }
    }

    private static String inflated(byte[] bytes) {
        try (var inflater = new Inflater(true)) {
            inflater.setInput(bytes);
            var buffer = new byte[MAX_PLAIN];
            return new String(buffer, 0, inflater.inflate(buffer), StandardCharsets.UTF_8);
        } catch (DataFormatException e) {
            throw new IllegalArgumentException("not a ticket", e);
        }
    }
}
