package dev.firebreak.whole;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The program `firebreak` at a terminal, as a process of its own.
final class Terminal {

    private Terminal() {}

    /// What it prints, on whichever stream.
    static String prints(Instance firebreak, String... words) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-jar", Instance.HOME.resolve("cli/target/cli.jar").toString()));
        command.addAll(List.of(words));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("FIREBREAK_URL", firebreak.url());
        builder.environment().put("FIREBREAK_TOKEN", firebreak.adminToken());
        try {
            return new String(builder.start().getInputStream().readAllBytes(), UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
