package dev.firebreak.enforcerconnectors.hostagent;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Set;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/// Where the authority's certificate and key are kept: one PEM file that only its owner may read.
/// Replicas that share the directory share the authority; whoever comes first makes it.
final class AuthorityFile {

    static final String NAME = "agent-authority.pem";

    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rw-------");

    record Content(X509Certificate certificate, PrivateKey key) {}

    private AuthorityFile() {}

    /// What is in the file; `made` when there was none.
    static Content openOrCreate(Path directory, Content made) {
        var file = directory.resolve(NAME);
        try {
            Files.createDirectories(directory);
            if (!Files.exists(file)) {
                create(directory, file, made);
            }
            checkPermissions(file);
            return read(Files.readString(file));
        } catch (IOException failed) {
            throw new UncheckedIOException("The agent authority in " + file, failed);
        }
    }

    /// The whole file appears at once, and only if nobody else's did.
    private static void create(Path directory, Path file, Content made) throws IOException {
        var draft =
                Files.createTempFile(
                        directory,
                        NAME,
                        ".draft",
                        PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        try {
            Files.writeString(draft, Certificates.pem(made.certificate(), made.key()));
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException _) {
            // Another replica was first: its authority is ours.
        } finally {
            Files.delete(draft);
        }
    }

    private static void checkPermissions(Path file) throws IOException {
        if (!OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
            throw new IOException(
                    "%s can be read by others than its owner; make it 0600, or remove it and enrol all agents again."
                            .formatted(file));
        }
    }

    private static Content read(String pem) throws IOException {
        var certificates = new JcaX509CertificateConverter();
        var keys = new JcaPEMKeyConverter();
        X509Certificate certificate = null;
        PrivateKey key = null;
        try (var parser = new PEMParser(new StringReader(pem))) {
            for (var part = parser.readObject(); part != null; part = parser.readObject()) {
                switch (part) {
                    case X509CertificateHolder held ->
                            certificate = certificates.getCertificate(held);
                    case PEMKeyPair pair -> key = keys.getPrivateKey(pair.getPrivateKeyInfo());
                    case PrivateKeyInfo info -> key = keys.getPrivateKey(info);
                    default -> throw new IOException("unexpected " + part.getClass().getName());
                }
            }
        } catch (CertificateException unreadable) {
            throw new IOException("unreadable certificate", unreadable);
        }
        if (certificate == null || key == null) {
            throw new IOException("It holds no certificate, or no key");
        }
        return new Content(certificate, key);
    }
}
