package dev.firebreak.whole;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/// What there is to contain, and who would: workloads on host web-1, whose agent enrolled by the
/// real protocol and then never came.
record Fleet(Instance firebreak) {

    void settle(String... workloads) {
        enrol("host/web-1");
        for (var workload : workloads) {
            deploy(workload);
        }
    }

    void deploy(String workload) {
        told(
                "/api/v1/workloads",
                """
                {"workload": "%s", "environment": "production",
                 "placements": [{"kind": "cgroup", "host": "web-1", "cgroup": "/%s"}]}
                """
                        .formatted(workload, workload));
    }

    /// Somebody new; the answer is their token.
    String enlist(String name, String role) {
        told("/api/v1/responders", "{\"name\":\"%s\",\"role\":\"%s\"}".formatted(name, role));
        var issued = told("/api/v1/responders/" + name + "/tokens", "{}");
        return SlackSide.json(issued).path("token").asText();
    }

    void link(String name, String slackUser) {
        told(
                "/api/v1/responders/" + name + "/slack-users",
                "{\"slackUser\":\"%s\"}".formatted(slackUser));
    }

    String told(String path, String json) {
        var answer = firebreak.post(path, json);
        if (answer.statusCode() >= 300) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }

    private void enrol(String enforcer) {
        var offer = SlackSide.json(told("/api/v1/enforcers/" + enforcer + "/enrolments", ""));
        var words = offer.path("command").asText().split(" ", -1);
        var token = offer.path("token").asText();
        try (var client = HttpClient.newBuilder().sslContext(trusting()).build()) {
            var request =
                    HttpRequest.newBuilder(URI.create(words[3] + "/agent/v1/enrolments"))
                            .timeout(Duration.ofSeconds(10))
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(enrolment(enforcer, token)));
            var answer = client.send(request.build(), BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new AssertionError(answer.statusCode() + " " + answer.body());
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static String enrolment(String enforcer, String token) throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        var pair = generator.generateKeyPair();
        var signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(pair.getPrivate());
        signature.update("firebreak-key|%s|%s".formatted(enforcer, token).getBytes(UTF_8));
        return """
        {"enforcer": "%s", "token": "%s", "publicKey": "%s", "proof": "%s"}
        """
                .formatted(
                        enforcer,
                        token,
                        Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()),
                        Base64.getEncoder().encodeToString(signature.sign()));
    }

    /// An agent pins the authority; for a test on one machine that is not the point.
    private static SSLContext trusting() throws GeneralSecurityException {
        var context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Trusting()}, new SecureRandom());
        return context;
    }

    private static final class Trusting extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
