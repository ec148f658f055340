package dev.firebreak.service.start;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where people and tools reach us: loopback in the clear, anywhere else with TLS unless told not
/// to.
record Listen(
        String address,
        int port,
        @Nullable Path certificate, // absent: no TLS
        @Nullable Path key, // absent: no TLS
        boolean withoutTls) {

    private static final String CERTIFICATE = "quarkus.http.ssl.certificate.files";

    Listen {
        if ((certificate == null) != (key == null)) {
            throw new CannotStart("--tls-certificate and --tls-key belong together; give both.");
        }
        if (certificate == null && !withoutTls && !isLoopback(address)) {
            throw new CannotStart(
                    ("%s is not a loopback address, and tokens would cross the network in the clear."
                                    + " Give --tls-certificate and --tls-key, or --without-tls behind"
                                    + " a proxy that adds TLS.")
                            .formatted(address));
        }
    }

    void apply() {
        System.setProperty("quarkus.http.host", address);
        if (certificate == null || key == null) {
            System.setProperty("quarkus.http.port", Integer.toString(port));
            return;
        }
        System.setProperty("quarkus.http.ssl-port", Integer.toString(port));
        System.setProperty("quarkus.http.insecure-requests", "disabled");
        System.setProperty(CERTIFICATE, readable(certificate));
        System.setProperty("quarkus.http.ssl.certificate.key-files", readable(key));
    }

    /// The file of the certificate chain that people are shown; null without TLS.
    static @Nullable String shownCertificate() {
        return System.getProperty(CERTIFICATE);
    }

    String url() {
        return (certificate == null ? "http://" : "https://") + shown() + ":" + port + "/";
    }

    /// One that can be dialled: every address of this machine is also its loopback.
    private String shown() {
        var dialled = isEvery(address) ? "127.0.0.1" : address;
        return dialled.indexOf(':') < 0 ? dialled : "[" + dialled + "]";
    }

    private static boolean isEvery(String address) {
        try {
            return InetAddress.getByName(address).isAnyLocalAddress();
        } catch (UnknownHostException _) {
            return false;
        }
    }

    private static String readable(Path file) {
        if (!Files.isReadable(file)) {
            throw new CannotStart(
                    "%s cannot be read; check the path and its rights.".formatted(file));
        }
        return file.toAbsolutePath().toString();
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            throw new CannotStart("%s is no address of this machine.".formatted(address), unknown);
        }
    }
}
