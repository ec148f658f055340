package dev.firebreak.enforcerconnectors.hostagent;

import dev.firebreak.eventlog.term.EnforcerName;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/// The authority that agents pin and that signs who they are: made at the first start, kept in a
/// file, shared by the replicas that share the file.
public final class AgentAuthority {

    /// The authority outlives every host; replacing it means enrolling all agents again.
    private static final Duration LIFE = Duration.ofDays(3_650);

    private static final int SECRET_BYTES = 32;

    private final X509Certificate certificate;
    private final PrivateKey key;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    private AgentAuthority(AuthorityFile.Content content, Clock clock) {
        this.certificate = content.certificate();
        this.key = content.key();
        this.clock = clock;
    }

    public static AgentAuthority openOrCreate(Path directory, Clock clock) {
        var keys = Certificates.newKeys();
        var made =
                new AuthorityFile.Content(
                        Certificates.authority(keys, clock.instant(), LIFE), keys.getPrivate());
        return new AgentAuthority(AuthorityFile.openOrCreate(directory, made), clock);
    }

    /// A new one-time token. It opens nothing until an `OfferEnrolment` with its hash is accepted.
    public EnrolmentToken newToken(EnforcerName enforcer) {
        var secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        return EnrolmentToken.of(enforcer, secret, fingerprint());
    }

    /// The authority's own certificate, in PEM: what agents pin.
    public String pem() {
        return Certificates.pem(certificate);
    }

    byte[] fingerprint() {
        try {
            return Hash.bytes(certificate.getEncoded());
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("It was made or read by us", broken);
        }
    }

    X509Certificate issueAgent(EnforcerName enforcer, PublicKey agentKey, Duration life) {
        return Certificates.agent(
                certificate, key, agentKey, enforcer.toString(), clock.instant(), life);
    }

    /// A server's certificate with a key of its own, which is never stored.
    ServerIdentity issueServer(List<String> names, Duration life) {
        var keys = Certificates.newKeys();
        var issued =
                Certificates.server(
                        certificate, key, keys.getPublic(), names, clock.instant(), life);
        return new ServerIdentity(
                Certificates.pem(issued, certificate), Certificates.pem(keys.getPrivate()));
    }

    record ServerIdentity(String chainPem, String keyPem) {}
}
