package dev.firebreak.enforcerconnectors.hostagent;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;

/// The public key of a request, once the sender has proved to hold the private one.
final class AgentKey {

    private static final int P256_BITS = 256;
    private static final int MAX_TEXT = 512;

    private AgentKey() {}

    /// Empty when it is no EC P-256 key, or the proof does not fit it.
    static Optional<PublicKey> proven(EnrolmentRequest request) {
        if (request.publicKey().length() > MAX_TEXT || request.proof().length() > MAX_TEXT) {
            return Optional.empty();
        }
        try {
            var encoded = Base64.getDecoder().decode(request.publicKey());
            var key = KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(encoded));
            return isP256(key) && signs(key, request) ? Optional.of(key) : Optional.empty();
        } catch (GeneralSecurityException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static boolean isP256(PublicKey key) {
        return key instanceof ECPublicKey ec
                && ec.getParams().getCurve().getField().getFieldSize() == P256_BITS;
    }

    private static boolean signs(PublicKey key, EnrolmentRequest request)
            throws GeneralSecurityException {
        var signature = Signature.getInstance("SHA256withECDSA");
        signature.initVerify(key);
        signature.update(request.claim().getBytes(StandardCharsets.UTF_8));
        return signature.verify(Base64.getDecoder().decode(request.proof()));
    }
}
