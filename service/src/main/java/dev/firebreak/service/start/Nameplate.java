package dev.firebreak.service.start;

import dev.firebreak.embeddedpostgres.Hindrance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/// What stands in the data directory for terminals of this machine: where the service listens, and
/// the certificate that it shows. Neither is a secret, and both are there only once it is ready.
record Nameplate(Path data) {

    /// Takes away what another start has left.
    void takeDown() {
        try {
            Files.deleteIfExists(url());
            Files.deleteIfExists(certificate());
        } catch (IOException refused) {
            throw unwritable(refused);
        }
    }

    void putUp(String address, Optional<Path> shown) {
        try {
            if (shown.isPresent()) {
                Files.copy(shown.get(), certificate(), StandardCopyOption.REPLACE_EXISTING);
            }
            var fresh = Files.writeString(data.resolve("service.url.new"), address + "\n");
            Files.move(fresh, url(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException refused) {
            throw unwritable(refused);
        }
    }

    private Path url() {
        return data.resolve("service.url");
    }

    private Path certificate() {
        return data.resolve("service.crt");
    }

    private CannotStart unwritable(IOException refused) {
        return new CannotStart(
                "Nothing can be written to %s. %s.".formatted(data, Hindrance.of(refused)),
                refused);
    }
}
