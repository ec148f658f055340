package dev.firebreak.enforcerconnectors.hostagent;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What an agent asks with for its first certificate, or, without a token, for the next one.
record EnrolmentRequest(String enforcer, @Nullable String token, String publicKey, String proof) {
    EnrolmentRequest {
        Objects.requireNonNull(enforcer, "enforcer");
        Objects.requireNonNull(publicKey, "publicKey");
        Objects.requireNonNull(proof, "proof");
    }

    /// What the proof signs.
    String claim() {
        return "firebreak-key|%s|%s".formatted(enforcer, token == null ? "" : token);
    }
}
