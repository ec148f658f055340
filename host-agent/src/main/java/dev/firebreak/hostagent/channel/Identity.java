package dev.firebreak.hostagent.channel;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/// Who this agent is: a key that never leaves its directory (0600), a certificate, and the
/// authority behind it. A new key waits in a file of its own until its certificate has come, so a
/// lost answer can be asked for again.
public final class Identity {

    private static final char[] NO_PASSWORD = {};

    private final Path directory;

    public Identity(Path directory) {
        this.directory = directory;
    }

    public boolean enrolled() {
        return Files.exists(certificateFile()) && Files.exists(directory.resolve("agent.key"));
    }

    /// The name in the certificate.
    public String enforcer() throws IOException, GeneralSecurityException {
        String subject = certificate().getSubjectX500Principal().getName();
        for (String part : subject.split("(?<!\\\\),", -1)) {
            if (part.startsWith("CN=")) {
                return part.substring(3).replace("\\", "");
            }
        }
        throw new GeneralSecurityException("the certificate names nobody");
    }

    /// Whether the certificate's time is over; it neither renews nor opens a channel then.
    boolean endedBy(Instant now) throws IOException, GeneralSecurityException {
        return certificate().getNotAfter().toInstant().isBefore(now);
    }

    /// Whether this token is the one that the agent last enrolled by.
    boolean enrolledBy(Token token) throws IOException, GeneralSecurityException {
        Path file = tokenFile();
        return Files.exists(file) && Files.readString(file).strip().equals(token.hash());
    }

    /// Written after the certificate: a crash in between asks once more, and the service says no.
    void enrolledWith(Token token) throws IOException, GeneralSecurityException {
        write(tokenFile(), token.hash() + "\n");
    }

    /// When to renew: after two thirds of the certificate's life.
    Instant renewAt() throws IOException, GeneralSecurityException {
        X509Certificate certificate = certificate();
        Instant from = certificate.getNotBefore().toInstant();
        Duration life = Duration.between(from, certificate.getNotAfter().toInstant());
        return from.plus(life.multipliedBy(2).dividedBy(3));
    }

    /// The key that the next certificate is for; the same until that certificate has come.
    KeyPair nextKey() throws IOException, GeneralSecurityException {
        Path file = directory.resolve("agent.key.next");
        if (!Files.exists(file)) {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            write(
                    file,
                    pem("PRIVATE KEY", pair.getPrivate().getEncoded())
                            + pem("PUBLIC KEY", pair.getPublic().getEncoded()));
        }
        return readKey(file);
    }

    /// Takes the certificate for {@link #nextKey} into use.
    void accept(String certificate, String authority) throws IOException, GeneralSecurityException {
        if (!parse(certificate).getPublicKey().equals(nextKey().getPublic())) {
            throw new GeneralSecurityException("the certificate is for another key");
        }
        write(directory.resolve("authority.crt"), authority);
        write(certificateFile(), certificate);
        Files.move(
                directory.resolve("agent.key.next"),
                directory.resolve("agent.key"),
                StandardCopyOption.ATOMIC_MOVE);
    }

    String authorityDigest() throws IOException, GeneralSecurityException {
        return PinnedAuthority.digest(authority());
    }

    static String proof(PrivateKey key, String enforcer, String token)
            throws GeneralSecurityException {
        var signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(key);
        signature.update(
                ("firebreak-key|" + enforcer + "|" + token).getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(signature.sign());
    }

    /// For a first call: no certificate of our own, the authority known by its digest alone.
    static SSLContext anonymous(String authorityDigest) throws GeneralSecurityException {
        var context = SSLContext.getInstance("TLSv1.3");
        context.init(null, new TrustManager[] {new PinnedAuthority(authorityDigest)}, null);
        return context;
    }

    SSLContext mutual() throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        store.setKeyEntry(
                "agent",
                currentKey().getPrivate(),
                NO_PASSWORD,
                new X509Certificate[] {certificate(), authority()});
        var keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, NO_PASSWORD);
        var context = SSLContext.getInstance("TLSv1.3");
        context.init(
                keys.getKeyManagers(),
                new TrustManager[] {new PinnedAuthority(authorityDigest())},
                null);
        return context;
    }

    /// A crash between the certificate and the key's move leaves the fitting key under its waiting
    /// name.
    private KeyPair currentKey() throws IOException, GeneralSecurityException {
        Path waiting = directory.resolve("agent.key.next");
        if (Files.exists(waiting)
                && readKey(waiting).getPublic().equals(certificate().getPublicKey())) {
            Files.move(waiting, directory.resolve("agent.key"), StandardCopyOption.ATOMIC_MOVE);
        }
        return readKey(directory.resolve("agent.key"));
    }

    private X509Certificate certificate() throws IOException, GeneralSecurityException {
        return parse(Files.readString(certificateFile()));
    }

    private X509Certificate authority() throws IOException, GeneralSecurityException {
        return parse(Files.readString(directory.resolve("authority.crt")));
    }

    private Path certificateFile() {
        return directory.resolve("agent.crt");
    }

    private Path tokenFile() {
        return directory.resolve("agent.token.sha256");
    }

    static X509Certificate parse(String pem) throws GeneralSecurityException {
        byte[] bytes = pem.getBytes(StandardCharsets.US_ASCII);
        return (X509Certificate)
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(bytes));
    }

    private static KeyPair readKey(Path file) throws IOException, GeneralSecurityException {
        String text = Files.readString(file);
        var factory = KeyFactory.getInstance("EC");
        return new KeyPair(
                factory.generatePublic(new X509EncodedKeySpec(unpem("PUBLIC KEY", text))),
                factory.generatePrivate(new PKCS8EncodedKeySpec(unpem("PRIVATE KEY", text))));
    }

    private static String pem(String what, byte[] bytes) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n";
    }

    private static byte[] unpem(String what, String text) throws GeneralSecurityException {
        String begin = "-----BEGIN " + what + "-----";
        int from = text.indexOf(begin);
        int to = text.indexOf("-----END " + what + "-----");
        if (from < 0 || to < from) {
            throw new GeneralSecurityException("no " + what + " in the key file");
        }
        return Base64.getMimeDecoder().decode(text.substring(from + begin.length(), to));
    }

    private static void write(Path file, String text) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(
                fresh,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(fresh, text);
        Files.move(
                fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /// The state directory, for the agent alone.
    public static void prepare(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }
}
