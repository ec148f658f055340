package dev.firebreak.chatops.grammar;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/// What `./firebreak` does itself, on the machine where it is typed: it needs no service, so it is
/// no verb of ours, and whoever asks us for it is told where it is.
final class Launcher {

    private static final SequencedMap<String, String> COMMANDS = new LinkedHashMap<>();

    static {
        COMMANDS.put(
                "up", "starts Firebreak on this machine; ./firebreak up --help lists its options");
        COMMANDS.put("demo", "walks a real containment on this machine, step by step, as root");
        COMMANDS.put(
                "agent",
                "enforces on this host for a Firebreak elsewhere, as root; ./firebreak agent --help lists its options");
        COMMANDS.put("test", "the whole truth: format, nulls, architecture, tests");
        COMMANDS.put("bench", "measures against the raw floor, in one run");
        COMMANDS.put("soak", "kills it at random under load and counts what is lost");
    }

    private Launcher() {}

    static Set<String> names() {
        return COMMANDS.sequencedKeySet();
    }

    /// How it is typed and what it is for; empty for what the launcher does not know.
    static Optional<String> help(String name) {
        return Optional.ofNullable(COMMANDS.get(name))
                .map(purpose -> "%s: %s\n./firebreak %s".formatted(name, purpose, name));
    }

    /// Told to whoever types it where only verbs are read.
    static Optional<Parsed> elsewhere(String name) {
        return help(name)
                .map(help ->
                        new Parsed.Misunderstood(
                                "'%s' is a command of ./firebreak, on the machine itself."
                                        .formatted(name),
                                help));
    }
}
