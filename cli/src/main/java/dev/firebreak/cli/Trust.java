package dev.firebreak.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Whose certificates this terminal believes.
sealed interface Trust {

    /// The authorities that Java brings along.
    record Usual() implements Trust {}

    /// Those of this PEM file and no others.
    record Authority(Path file) implements Trust {}

    /// Exactly the certificate that the service of this machine shows, whatever names are in it;
    /// and the usual ones.
    record Own(Path file) implements Trust {}

    default SSLContext context() {
        try {
            var manager =
                    switch (this) {
                        case Usual _ -> usual();
                        case Authority(var file) -> believing(certificates(file));
                        case Own(var file) ->
                                new Acquainted(certificates(file).getFirst(), usual());
                    };
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {manager}, null);
            return context;
        } catch (GeneralSecurityException | IOException broken) {
            throw new IllegalStateException("this Java knows no TLS", broken);
        }
    }

    private static X509ExtendedTrustManager usual() throws GeneralSecurityException {
        return managed(null);
    }

    private static X509ExtendedTrustManager believing(List<X509Certificate> authorities)
            throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (var authority : authorities) {
            store.setCertificateEntry("authority-" + store.size(), authority);
        }
        return managed(store);
    }

    /// @param store the authorities; null means Java's own
    private static X509ExtendedTrustManager managed(@Nullable KeyStore store)
            throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (var manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager found) {
                return found;
            }
        }
        throw new GeneralSecurityException("no X.509");
    }

    private static List<X509Certificate> certificates(Path file) {
        var found = new ArrayList<X509Certificate>();
        try (var pem = Files.newInputStream(file)) {
            for (var each : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                found.add((X509Certificate) each);
            }
        } catch (IOException | CertificateException _) {
            found.clear();
        }
        return Optional.of(found)
                .filter(all -> !all.isEmpty())
                .orElseThrow(() ->
                        new Stop(
                                Exit.USAGE,
                                ("%s holds no certificate in PEM form, or cannot be read. --ca and"
                                                + " FIREBREAK_CA name the file of the authority to trust.")
                                        .formatted(file)));
    }
}
