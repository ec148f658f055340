package dev.firebreak.service.local;

import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.HostName;
import dev.firebreak.eventlog.term.InvalidTerm;
import dev.firebreak.service.start.CannotStart;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// What the enforcer of this machine is called: as it was enrolled, for good.
///
/// @param wanted as the settings call it
/// @param certificate the agent's, once it is enrolled
record LocalName(Optional<String> wanted, Path certificate) {

    private static final Pattern COMMON_NAME = Pattern.compile("(?:^|,)CN=([^,+]+)");

    EnforcerName name() {
        return called().or(this::enrolled).orElseGet(LocalName::thisHost);
    }

    /// A second name would leave the first one silent, with all that it holds.
    void refuseAnother() {
        var called = called();
        var enrolled = enrolled();
        if (called.isEmpty() || enrolled.isEmpty() || called.equals(enrolled)) {
            return;
        }
        throw new CannotStart(
                ("This machine is enrolled as %1$s, and firebreak.local-enforcer.name calls it"
                                + " %2$s. Set the name to %3$s, or leave it out. To change it all"
                                + " the same: revoke %1$s, and remove %4$s; what is held stays held"
                                + " to its end.")
                        .formatted(
                                enrolled.get(),
                                called.get(),
                                enrolled.get().name(),
                                certificate.getParent()));
    }

    private Optional<EnforcerName> called() {
        return wanted.map(HostName::new).map(EnforcerName::onHost);
    }

    /// Empty as well when it cannot be read: then the agent itself says what is wrong.
    private Optional<EnforcerName> enrolled() {
        try (var pem = Files.newInputStream(certificate)) {
            var parsed = CertificateFactory.getInstance("X.509").generateCertificate(pem);
            return parsed instanceof X509Certificate agent ? subject(agent) : Optional.empty();
        } catch (IOException | CertificateException | InvalidTerm _) {
            return Optional.empty();
        }
    }

    private static Optional<EnforcerName> subject(X509Certificate agent) {
        var name = COMMON_NAME.matcher(agent.getSubjectX500Principal().getName());
        return name.find() ? Optional.of(EnforcerName.parse(name.group(1))) : Optional.empty();
    }

    private static EnforcerName thisHost() {
        try {
            var name = InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
            return EnforcerName.onHost(new HostName(name));
        } catch (UnknownHostException | InvalidTerm _) {
            return EnforcerName.onHost(new HostName("localhost"));
        }
    }
}
