package dev.firebreak.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/// Why no question could be put, when it was for TLS: in words, and with what to do.
final class Handshake {

    private static final int DEEPEST_CAUSE = 20;
    private static final int PATIENCE_MILLIS = 3_000;
    private static final byte[] PLAIN_QUESTION =
            "HEAD / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PLAIN_ANSWER = "HTTP/".getBytes(StandardCharsets.US_ASCII);

    private final URI base;
    private final Trust trust;

    Handshake(Access access) {
        base = access.base();
        trust = access.trust();
    }

    /// Empty when it went wrong for another reason than TLS.
    Optional<String> trouble(IOException failure) {
        return "http".equals(base.getScheme())
                ? plainToTls()
                : causes(failure)
                        .map(this::certificate)
                        .flatMap(Optional::stream)
                        .findFirst()
                        .or(this::tlsToPlain)
                        .or(() -> disagreement(failure));
    }

    private Optional<String> plainToTls() {
        return speaksTls()
                ? Optional.of(
                        "%s speaks TLS, and it was addressed in plain http. Write %s."
                                .formatted(base, with("https")))
                : Optional.empty();
    }

    private Optional<String> tlsToPlain() {
        return speaksPlain()
                ? Optional.of(
                        "%s speaks plain http, and it was addressed with TLS. Write %s."
                                .formatted(base, with("http")))
                : Optional.empty();
    }

    private Optional<String> disagreement(IOException failure) {
        return causes(failure)
                .filter(SSLException.class::isInstance)
                .findFirst()
                .map(cause -> "TLS with %s failed: %s.".formatted(base, cause.getMessage()));
    }

    private Optional<String> certificate(Throwable cause) {
        return switch (cause) {
            case CertificateExpiredException _, CertificateNotYetValidException _ ->
                    Optional.of(
                            "The certificate that %s shows is not valid today by this terminal's clock: %s. Renew it."
                                    .formatted(base, cause.getMessage()));
            case CertPathValidatorException _, CertPathBuilderException _ ->
                    Optional.of(untrusted());
            // The last in the chain of causes, so it is about the name.
            case CertificateException _ when cause.getCause() == null ->
                    Optional.of(
                            ("The certificate that %s shows is for another name (%s). Address the"
                                            + " service by a name that is in it, with --url or FIREBREAK_URL.")
                                    .formatted(base, cause.getMessage()));
            default -> Optional.empty();
        };
    }

    private String untrusted() {
        return switch (trust) {
            case Trust.Authority(var file) ->
                    ("The certificate that %s shows was not signed by the authority in %s. Is that"
                                    + " the right file?")
                            .formatted(base, file);
            case Trust.Usual _, Trust.Own _ ->
                    ("The certificate that %s shows is not trusted here. Name the PEM file of the"
                                    + " authority that signed it with --ca FILE or FIREBREAK_CA; on the"
                                    + " service's own machine --data DIR is enough.")
                            .formatted(base);
        };
    }

    private String with(String scheme) {
        return scheme + base.toString().substring(base.getScheme().length());
    }

    /// Who shows a certificate speaks it, whether we would believe that certificate or not.
    private boolean speaksTls() {
        try (var plain = connected();
                var socket =
                        ((SSLSocketFactory) SSLSocketFactory.getDefault())
                                .createSocket(plain, host(), port(), true)) {
            ((SSLSocket) socket).startHandshake();
            return true;
        } catch (IOException failure) {
            return causes(failure).anyMatch(CertificateException.class::isInstance);
        }
    }

    private boolean speaksPlain() {
        try (var socket = connected()) {
            socket.getOutputStream().write(PLAIN_QUESTION);
            var answer = socket.getInputStream().readNBytes(PLAIN_ANSWER.length);
            return Arrays.equals(answer, PLAIN_ANSWER);
        } catch (IOException _) {
            return false;
        }
    }

    private Socket connected() throws IOException {
        var socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(host(), port()), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            return socket;
        } catch (IOException failure) {
            socket.close();
            throw failure;
        }
    }

    private String host() {
        return base.getHost().replaceAll("[\\[\\]]", "");
    }

    private int port() {
        if (base.getPort() >= 0) {
            return base.getPort();
        }
        return "https".equals(base.getScheme()) ? 443 : 80;
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(DEEPEST_CAUSE);
    }
}
