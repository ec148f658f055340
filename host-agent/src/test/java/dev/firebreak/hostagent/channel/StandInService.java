package dev.firebreak.hostagent.channel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A service as the protocol describes it, small enough for a test: an authority, enrolment,
/// renewal and the channel.
final class StandInService implements AutoCloseable {

    static final String ENFORCER = "host/test-1";

    final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    final BlockingQueue<ServerWebSocket> lines = new LinkedBlockingQueue<>();
    final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    volatile Duration life = Duration.ofHours(24);
    volatile boolean refusing;
    final AtomicInteger busyAnswers = new AtomicInteger();

    private final JsonMapper json = new JsonMapper();
    private final Vertx vertx = Vertx.vertx();
    private final KeyPair authorityKey = newKey();
    private final X509Certificate authority;
    private final HttpServer server;
    private long serial = 1;

    StandInService(KeyPurposeId serverUse) throws GeneralSecurityException {
        authority = certificate("authority", authorityKey.getPublic(), Duration.ofDays(1), null);
        KeyPair key = newKey();
        X509Certificate own =
                certificate("service", key.getPublic(), Duration.ofDays(1), serverUse);
        server =
                vertx.createHttpServer(
                                new HttpServerOptions()
                                        .setHost("127.0.0.1")
                                        .setPort(0)
                                        .setSsl(true)
                                        .setUseAlpn(false)
                                        .setClientAuth(ClientAuth.REQUEST)
                                        .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
                                        .setKeyCertOptions(
                                                new PemKeyCertOptions()
                                                        .addCertValue(
                                                                Buffer.buffer(
                                                                        pem(own) + pem(authority)))
                                                        .addKeyValue(
                                                                Buffer.buffer(
                                                                        pem(
                                                                                "PRIVATE KEY",
                                                                                key.getPrivate()
                                                                                        .getEncoded()))))
                                        .setTrustOptions(
                                                new PemTrustOptions()
                                                        .addCertValue(
                                                                Buffer.buffer(pem(authority)))))
                        .requestHandler(this::handle);
        server.listen().toCompletionStage().toCompletableFuture().join();
    }

    URI address() {
        return URI.create("https://127.0.0.1:" + server.actualPort());
    }

    Token token() throws GeneralSecurityException {
        return token(0);
    }

    /// One of many.
    Token token(int number) throws GeneralSecurityException {
        return token(ENFORCER, number);
    }

    Token tokenFor(String enforcer) throws GeneralSecurityException {
        return token(enforcer, 0);
    }

    private Token token(String enforcer, int number) throws GeneralSecurityException {
        var url = Base64.getUrlEncoder().withoutPadding();
        byte[] digest = java.util.HexFormat.of().parseHex(PinnedAuthority.digest(authority));
        return Token.parse(
                String.join(
                        ".",
                        "fbt1",
                        url.encodeToString(enforcer.getBytes(StandardCharsets.UTF_8)),
                        url.encodeToString(ByteBuffer.allocate(32).putInt(number).array()),
                        url.encodeToString(digest)));
    }

    private void handle(HttpServerRequest request) {
        String path = String.valueOf(request.path());
        if (path.equals("/agent/v1/channel")) {
            var _ = request.toWebSocket().onSuccess(this::open);
            return;
        }
        asked.add(path);
        request.body().onSuccess(body -> answer(request, path, body.toString()));
    }

    private void open(ServerWebSocket socket) {
        socket.textMessageHandler(heard::add);
        lines.add(socket);
    }

    private void answer(HttpServerRequest request, String path, String body) {
        try {
            if (busyAnswers.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
                var _ = request.response().setStatusCode(503).end();
                return;
            }
            boolean renewal = path.endsWith("certificates");
            JsonNode asking = json.readTree(body);
            PublicKey key =
                    KeyFactory.getInstance("EC")
                            .generatePublic(
                                    new X509EncodedKeySpec(
                                            Base64.getDecoder()
                                                    .decode(asking.get("publicKey").asText())));
            var proof = Signature.getInstance("SHA256withECDSA");
            proof.initVerify(key);
            String token = renewal ? "" : asking.get("token").asText();
            proof.update(
                    ("firebreak-key|" + ENFORCER + "|" + token).getBytes(StandardCharsets.UTF_8));
            boolean proven = proof.verify(Base64.getDecoder().decode(asking.get("proof").asText()));
            boolean known = !renewal || request.sslSession().getPeerCertificates().length > 0;
            if (!proven || !known || refusing) {
                var _ =
                        request.response()
                                .setStatusCode(403)
                                .end("{\"code\":\"not-you\",\"detail\":\"No.\"}");
                return;
            }
            X509Certificate issued =
                    certificate(ENFORCER, key, life, KeyPurposeId.id_kp_clientAuth);
            var answer =
                    json.createObjectNode()
                            .put("certificate", pem(issued))
                            .put("authority", pem(authority))
                            .put("notAfter", issued.getNotAfter().toInstant().toString());
            var _ = request.response().end(answer.toString());
        } catch (GeneralSecurityException | IOException e) {
            var _ = request.response().setStatusCode(400).end(String.valueOf(e.getMessage()));
        }
    }

    private X509Certificate certificate(
            String name,
            PublicKey key,
            Duration lasting,
            @org.jspecify.annotations.Nullable KeyPurposeId use)
            throws GeneralSecurityException {
        try {
            Instant now = Instant.now().minusSeconds(1);
            var builder =
                    new JcaX509v3CertificateBuilder(
                            new X500Name("CN=authority"),
                            BigInteger.valueOf(serial++),
                            Date.from(now),
                            Date.from(now.plus(lasting)),
                            new X500Name("CN=" + name),
                            key);
            builder.addExtension(
                    Extension.basicConstraints, true, new BasicConstraints(use == null));
            if (use != null) {
                builder.addExtension(Extension.extendedKeyUsage, true, new ExtendedKeyUsage(use));
            }
            var signer =
                    new JcaContentSignerBuilder("SHA256withECDSA").build(authorityKey.getPrivate());
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
        } catch (CertIOException | OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }

    private static KeyPair newKey() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static String pem(X509Certificate certificate) throws GeneralSecurityException {
        return pem("CERTIFICATE", certificate.getEncoded());
    }

    private static String pem(String what, byte[] bytes) {
        return "-----BEGIN "
                + what
                + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes)
                + "\n-----END "
                + what
                + "-----\n";
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
