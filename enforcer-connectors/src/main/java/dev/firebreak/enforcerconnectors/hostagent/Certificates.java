package dev.firebreak.enforcerconnectors.hostagent;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.IPAddress;
import org.bouncycastle.util.io.pem.PemObject;

/// Makes EC P-256 keys and the three kinds of certificate there are: the authority's own, a
/// server's, an agent's.
final class Certificates {

    private static final String CURVE = "secp256r1";
    private static final String SIGNATURE = "SHA256withECDSA";
    private static final int SERIAL_BITS = 128;

    /// A clock that is a little behind must not find a new certificate not yet valid.
    private static final Duration BACKDATE = Duration.ofMinutes(5);

    private static final SecureRandom RANDOM = new SecureRandom();

    private Certificates() {}

    static KeyPair newKeys() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(CURVE), RANDOM);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("Every Java platform has EC P-256", broken);
        }
    }

    static X509Certificate authority(KeyPair keys, Instant now, Duration life) {
        var name = named("Firebreak agent authority");
        return signed(
                builder(name, name, keys.getPublic(), now, life),
                keys.getPrivate(),
                new Extra(Extension.basicConstraints, true, new BasicConstraints(0)),
                new Extra(
                        Extension.keyUsage,
                        true,
                        new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign)));
    }

    static X509Certificate server(
            X509Certificate authority,
            PrivateKey signer,
            PublicKey key,
            List<String> names,
            Instant now,
            Duration life) {
        var alternatives = names.stream().map(Certificates::alternative);
        return signed(
                builder(subject(authority), named("Firebreak"), key, now, life),
                signer,
                new Extra(Extension.basicConstraints, true, new BasicConstraints(false)),
                new Extra(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature)),
                new Extra(
                        Extension.extendedKeyUsage,
                        false,
                        new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth)),
                new Extra(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(alternatives.toArray(GeneralName[]::new))));
    }

    static X509Certificate agent(
            X509Certificate authority,
            PrivateKey signer,
            PublicKey key,
            String name,
            Instant now,
            Duration life) {
        return signed(
                builder(subject(authority), named(name), key, now, life),
                signer,
                new Extra(Extension.basicConstraints, true, new BasicConstraints(false)),
                new Extra(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature)),
                new Extra(
                        Extension.extendedKeyUsage,
                        false,
                        new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth)));
    }

    /// In PEM, one after the other; keys as PKCS #8.
    static String pem(Object... things) {
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            for (var thing : things) {
                writer.writeObject(
                        thing instanceof PrivateKey key
                                ? new PemObject("PRIVATE KEY", key.getEncoded())
                                : thing);
            }
        } catch (IOException broken) {
            throw new IllegalStateException("A string cannot fail to be written", broken);
        }
        return text.toString();
    }

    private record Extra(ASN1ObjectIdentifier id, boolean critical, ASN1Encodable value) {}

    private static X509v3CertificateBuilder builder(
            X500Name issuer, X500Name subject, PublicKey key, Instant now, Duration life) {
        return new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(SERIAL_BITS, RANDOM),
                Date.from(now.minus(BACKDATE)),
                Date.from(now.plus(life)),
                subject,
                key);
    }

    private static X509Certificate signed(
            X509v3CertificateBuilder builder, PrivateKey signer, Extra... extras) {
        try {
            for (var extra : extras) {
                builder.addExtension(extra.id(), extra.critical(), extra.value());
            }
            var signature = new JcaContentSignerBuilder(SIGNATURE).build(signer);
            return new JcaX509CertificateConverter().getCertificate(builder.build(signature));
        } catch (OperatorCreationException | IOException | GeneralSecurityException broken) {
            throw new IllegalStateException("A certificate could not be made", broken);
        }
    }

    private static X500Name subject(X509Certificate certificate) {
        return X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
    }

    private static X500Name named(String name) {
        return new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, name).build();
    }

    private static GeneralName alternative(String name) {
        var isAddress = IPAddress.isValid(name);
        return new GeneralName(isAddress ? GeneralName.iPAddress : GeneralName.dNSName, name);
    }
}
