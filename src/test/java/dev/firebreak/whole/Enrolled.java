package dev.firebreak.whole;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/// Enrols an enforcer and leaves it at that: it exists, and never says a word. So that containments
/// can be asked for where no kernel is at hand.
final class Enrolled {

    private Enrolled() {}

    static void on(Instance firebreak, String host) {
        var token =
                new Api(firebreak)
                        .created("/api/v1/enforcers/host/" + host + "/enrolments", Map.of())
                        .path("token")
                        .asText();
        try (var client = HttpClient.newBuilder().sslContext(trusting()).build()) {
            var answer =
                    client.send(
                            HttpRequest.newBuilder(
                                            URI.create(
                                                    "https://127.0.0.1:%d/agent/v1/enrolments"
                                                            .formatted(firebreak.agentsPort())))
                                    .header("Content-Type", "application/json")
                                    .POST(BodyPublishers.ofString(request("host/" + host, token)))
                                    .build(),
                            BodyHandlers.ofString());
            if (!answer.body().contains("BEGIN CERTIFICATE")) {
                throw new AssertionError(answer.statusCode() + " " + answer.body());
            }
        } catch (IOException | GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static String request(String enforcer, String token) throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        var keys = generator.generateKeyPair();
        return Api.text(
                Map.of(
                        "enforcer",
                        enforcer,
                        "token",
                        token,
                        "publicKey",
                        base64(keys.getPublic().getEncoded()),
                        "proof",
                        proof(keys.getPrivate(), enforcer, token)));
    }

    private static String proof(PrivateKey key, String enforcer, String token)
            throws GeneralSecurityException {
        var signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(key);
        signature.update(
                "firebreak-key|%s|%s".formatted(enforcer, token).getBytes(StandardCharsets.UTF_8));
        return base64(signature.sign());
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static SSLContext trusting() throws GeneralSecurityException {
        var context = SSLContext.getInstance("TLSv1.3");
        context.init(null, new TrustManager[] {new Anyone()}, new SecureRandom());
        return context;
    }

    /// Whom we dial is not what is tested here; it is on loopback.
    private static final class Anyone extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
