package dev.firebreak.enforcerconnectors.hostagent;

import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.InvalidTerm;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;

/// What the certificate of a connection says: whose it is, its SHA-256 (hex), and its life. That it
/// is signed by our authority and not expired, TLS has checked.
record Presented(EnforcerName enforcer, String fingerprint, Instant beginsAt, Instant endsAt) {

    static Optional<Presented> in(SSLSession session) {
        try {
            return session.getPeerCertificates()[0] instanceof X509Certificate certificate
                    ? of(certificate)
                    : Optional.empty();
        } catch (SSLPeerUnverifiedException _) {
            return Optional.empty();
        }
    }

    static Optional<Presented> of(X509Certificate certificate) {
        try {
            var names = new JcaX509CertificateHolder(certificate).getSubject().getRDNs(BCStyle.CN);
            if (names.length != 1) {
                return Optional.empty();
            }
            var name = IETFUtils.valueToString(names[0].getFirst().getValue());
            return Optional.of(
                    new Presented(
                            EnforcerName.parse(name),
                            Hash.of(certificate.getEncoded()),
                            certificate.getNotBefore().toInstant(),
                            certificate.getNotAfter().toInstant()));
        } catch (InvalidTerm | CertificateEncodingException _) {
            return Optional.empty();
        }
    }
}
