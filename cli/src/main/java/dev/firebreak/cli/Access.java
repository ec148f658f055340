package dev.firebreak.cli;

import dev.firebreak.chatops.grammar.TerminalOptions;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Set;

/// Where the service is, what we show it, and whose certificate is believed. The token of this
/// machine's own service is never sent to another machine.
record Access(URI base, String token, Trust trust) {

    private static final String DEFAULT_URL = "http://127.0.0.1:8080";
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    static Access of(TerminalOptions options, Terminal terminal) {
        var here = Whereabouts.of(options, terminal);
        var base = base(url(options, terminal, here));
        var isOurs =
                isLoopback(base) || here.url().map(Access::base).filter(base::equals).isPresent();
        return new Access(
                base, token(terminal, here, base, isOurs), trust(options, terminal, here, isOurs));
    }

    boolean isPlainAcrossTheNetwork() {
        return "http".equals(base.getScheme()) && !isLoopback(base);
    }

    /// What was typed is nearer than what the shell carries, and that nearer than what is usual.
    private static String url(TerminalOptions options, Terminal terminal, Whereabouts here) {
        if (!options.url().isEmpty()) {
            return options.url();
        }
        var given = terminal.variable("FIREBREAK_URL");
        if (here.named() && here.url().isPresent()) {
            return here.url().orElseThrow();
        }
        return given.isEmpty() ? here.url().orElse(DEFAULT_URL) : given;
    }

    private static Trust trust(
            TerminalOptions options, Terminal terminal, Whereabouts here, boolean isOurs) {
        var given = options.ca().isEmpty() ? terminal.variable("FIREBREAK_CA") : options.ca();
        if (!given.isEmpty()) {
            return new Trust.Authority(Path.of(given));
        }
        return isOurs
                ? here.certificate().<Trust>map(Trust.Own::new).orElse(new Trust.Usual())
                : new Trust.Usual();
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

    private static String token(Terminal terminal, Whereabouts here, URI base, boolean isOurs) {
        var given = terminal.variable("FIREBREAK_TOKEN");
        if (!given.isEmpty()) {
            return given;
        }
        if (!isOurs) {
            throw new Stop(
                    Exit.NOT_PERMITTED,
                    ("%s is another machine, and FIREBREAK_TOKEN is not set. Ask an administrator for"
                                    + " a token: firebreak responders token YOUR-NAME.")
                            .formatted(base));
        }
        return here.token()
                .orElseThrow(() ->
                        new Stop(
                                Exit.NOT_PERMITTED,
                                ("No token: FIREBREAK_TOKEN is not set and %s cannot be read. Start"
                                                + " the service here with ./firebreak up, name its"
                                                + " directory with --data, or set FIREBREAK_TOKEN.")
                                        .formatted(here.data().resolve("admin.token"))));
    }

    private static boolean isLoopback(URI base) {
        return LOOPBACK.contains(base.getHost());
    }
}
