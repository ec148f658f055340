package dev.firebreak.cli;

import dev.firebreak.chatops.grammar.TerminalOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// What a service of this machine leaves in its data directory for whoever sits at it: where it
/// listens, the certificate that it shows, and the admin's token.
record Whereabouts(Path data, boolean named) {

    private static final int MAX_LENGTH = 4_096;

    static Whereabouts of(TerminalOptions options, Terminal terminal) {
        return options.data().isEmpty()
                ? new Whereabouts(terminal.home().resolve(".local/share/firebreak"), false)
                : new Whereabouts(Path.of(options.data()), true);
    }

    /// Empty when no service has listened here yet, or it cannot be read.
    Optional<String> url() {
        return text("service.url");
    }

    /// Empty when the service speaks plain http.
    Optional<Path> certificate() {
        return Optional.of(data.resolve("service.crt")).filter(Files::isReadable);
    }

    Optional<String> token() {
        return text("admin.token");
    }

    private Optional<String> text(String name) {
        var file = data.resolve(name);
        try {
            return Files.size(file) <= MAX_LENGTH
                    ? Optional.of(Files.readString(file).strip())
                    : Optional.empty();
        } catch (IOException _) {
            // For the person it is the same whether it is missing or locked.
            return Optional.empty();
        }
    }
}
