package dev.firebreak.enforcerconnectors.hostagent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// The agent's end of the wire, by the JDK's own client: keys, TLS, and a WebSocket whose reading
/// can be stopped.
final class AgentClient {

    private static final long PATIENCE_SECONDS = 10;

    private final ObjectMapper json = new ObjectMapper();
    private final int port;
    private final String authorityPem;
    private final KeyPair keys;
    private final String certificatePem;
    private @Nullable HttpClient client; // made when first needed

    private AgentClient(int port, String authorityPem, KeyPair keys, String certificatePem) {
        this.port = port;
        this.authorityPem = authorityPem;
        this.keys = keys;
        this.certificatePem = certificatePem;
    }

    /// Somebody without a certificate.
    static AgentClient stranger(int port, String authorityPem) {
        return new AgentClient(port, authorityPem, Certificates.newKeys(), "");
    }

    AgentClient with(String certificate) {
        return new AgentClient(port, authorityPem, keys, certificate);
    }

    AgentClient withKeys(KeyPair other) {
        return new AgentClient(port, authorityPem, other, certificatePem);
    }

    HttpResponse<String> enrol(String enforcer, String token) throws Exception {
        return post("/agent/v1/enrolments", request(enforcer, token, keys, token));
    }

    HttpResponse<String> renew(String enforcer, KeyPair next) throws Exception {
        return post("/agent/v1/certificates", request(enforcer, "", next, null));
    }

    /// A request whose proof signs something else.
    HttpResponse<String> enrolWithFalseProof(String enforcer, String token) throws Exception {
        return post("/agent/v1/enrolments", request(enforcer, token + "x", keys, token));
    }

    HttpResponse<String> post(String path, String body) throws Exception {
        var request =
                HttpRequest.newBuilder(uri("https", path))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        return client().send(request, HttpResponse.BodyHandlers.ofString());
    }

    JsonNode body(HttpResponse<String> response) throws Exception {
        return json.readTree(response.body());
    }

    Conversation open() throws Exception {
        var conversation = new Conversation();
        conversation.socket =
                client().newWebSocketBuilder()
                        .buildAsync(uri("wss", "/agent/v1/channel"), conversation)
                        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return conversation;
    }

    private String request(String enforcer, String claimed, KeyPair key, @Nullable String token)
            throws Exception {
        var signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(key.getPrivate());
        var claim = "firebreak-key|%s|%s".formatted(enforcer, claimed);
        signature.update(claim.getBytes(StandardCharsets.UTF_8));
        var base64 = Base64.getEncoder();
        var request = new LinkedHashMap<String, String>();
        request.put("enforcer", enforcer);
        if (token != null) {
            request.put("token", token);
        }
        request.put("publicKey", base64.encodeToString(key.getPublic().getEncoded()));
        request.put("proof", base64.encodeToString(signature.sign()));
        return json.writeValueAsString(request);
    }

    private HttpClient client() throws Exception {
        if (client == null) {
            client = HttpClient.newBuilder().sslContext(tls()).build();
        }
        return client;
    }

    private SSLContext tls() throws Exception {
        var trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry("authority", certificate(authorityPem));
        var trusts = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusts.init(trust);
        var own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        if (!certificatePem.isEmpty()) {
            var chain = new Certificate[] {certificate(certificatePem)};
            own.setKeyEntry("agent", keys.getPrivate(), new char[0], chain);
        }
        var ownKeys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        ownKeys.init(own, new char[0]);
        var context = SSLContext.getInstance("TLSv1.3");
        context.init(ownKeys.getKeyManagers(), trusts.getTrustManagers(), null);
        return context;
    }

    private static Certificate certificate(String pem) throws Exception {
        return CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    }

    private URI uri(String scheme, String path) {
        return URI.create("%s://127.0.0.1:%d%s".formatted(scheme, port, path));
    }

    /// One channel as the agent sees it.
    static final class Conversation implements WebSocket.Listener {

        private final ObjectMapper json = new ObjectMapper();
        private final BlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
        private final BlockingQueue<Integer> ends = new LinkedBlockingQueue<>();
        private final StringBuilder text = new StringBuilder();
        private volatile boolean reads = true;
        private @Nullable WebSocket socket; // there once the handshake is done

        void say(String frame) {
            socket().sendText(frame, true).join();
        }

        /// Does not wait for it to be taken: the other end may hang up first.
        void sayWithoutWaiting(String frame) {
            var _ = socket().sendText(frame, true);
        }

        JsonNode hear(String type) throws InterruptedException {
            for (var frame = next(); ; frame = next()) {
                if (frame.path("type").asText().equals(type)) {
                    return frame;
                }
            }
        }

        private JsonNode next() throws InterruptedException {
            var frame = frames.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (frame == null) {
                throw new AssertionError("Nothing was heard; ended with " + ends);
            }
            return frame;
        }

        boolean hasHeard() {
            return !frames.isEmpty();
        }

        /// The code that the channel was closed with; -1 when it broke.
        int end() throws InterruptedException {
            var end = ends.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (end == null) {
                throw new AssertionError("The channel is still open");
            }
            return end;
        }

        boolean isOpen() {
            return ends.isEmpty() && !socket().isInputClosed();
        }

        /// Like a process that was stopped: what comes in is not even looked at.
        void stopReading() {
            reads = false;
        }

        void readAgain() {
            reads = true;
            socket().request(1);
        }

        void abort() {
            socket().abort();
        }

        private WebSocket socket() {
            if (socket == null) {
                throw new IllegalStateException("The handshake is not done");
            }
            return socket;
        }

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                try {
                    frames.add(json.readTree(text.toString()));
                } catch (com.fasterxml.jackson.core.JsonProcessingException broken) {
                    throw new IllegalStateException(broken);
                }
                text.setLength(0);
            }
            if (reads) {
                from.request(1);
            }
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            ends.add(code);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            ends.add(-1);
        }
    }
}
