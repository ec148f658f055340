package dev.firebreak.cli;

import dev.firebreak.chatops.grammar.TerminalOptions;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;

/// Where the service is and what we show it. The token of this machine's own service is never sent
/// to another machine.
record Access(URI base, String token) {

    private static final String DEFAULT_URL = "http://127.0.0.1:8080";
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final int MAX_TOKEN = 4_096;

    static Access of(TerminalOptions options, Terminal terminal) {
        var base =
                Stream.of(options.url(), terminal.variable("FIREBREAK_URL"), DEFAULT_URL)
                        .filter(text -> !text.isEmpty())
                        .findFirst()
                        .map(Access::base)
                        .orElseThrow();
        return new Access(base, token(options, terminal, base));
    }

    boolean isPlainAcrossTheNetwork() {
        return "http".equals(base.getScheme()) && !isLoopback(base);
    }

    private static URI base(String text) {
        try {
            var url = new URI(text.endsWith("/") ? text : text + "/");
            var usual = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            if (usual && url.getHost() != null && url.getRawUserInfo() == null) {
                return url;
            }
        } catch (URISyntaxException _) {
            // Told below, with every other wrong form.
        }
        throw new Stop(
                Exit.USAGE,
                "'%s' is not the address of a service: write one like http://127.0.0.1:8080."
                        .formatted(text));
    }

    private static String token(TerminalOptions options, Terminal terminal, URI base) {
        var given = terminal.variable("FIREBREAK_TOKEN");
        if (!given.isEmpty()) {
            return given;
        }
        if (!isLoopback(base)) {
            throw new Stop(
                    Exit.NOT_PERMITTED,
                    ("%s is another machine, and FIREBREAK_TOKEN is not set. Ask an administrator for"
                                    + " a token: firebreak responders token YOUR-NAME.")
                            .formatted(base));
        }
        var data =
                options.data().isEmpty()
                        ? terminal.home().resolve(".local/share/firebreak")
                        : Path.of(options.data());
        return read(data.resolve("admin.token"));
    }

    private static String read(Path file) {
        try {
            if (Files.size(file) <= MAX_TOKEN) {
                return Files.readString(file).strip();
            }
        } catch (IOException _) {
            // Told below: for the person it is the same whether it is missing or locked.
        }
        throw new Stop(
                Exit.NOT_PERMITTED,
                ("No token: FIREBREAK_TOKEN is not set and %s cannot be read. Start the service here"
                                + " with ./firebreak up, name its directory with --data, or set"
                                + " FIREBREAK_TOKEN.")
                        .formatted(file));
    }

    private static boolean isLoopback(URI base) {
        return LOOPBACK.contains(base.getHost());
    }
}
