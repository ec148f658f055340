package dev.firebreak.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.chatops.grammar.Grammar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The script that people start everything with, in a checkout where nothing was built yet.
class LauncherTest {

    private static final Path SCRIPT = Path.of("../firebreak");

    private static final List<String> TOOLS =
            List.of(
                    "sh",
                    "cat",
                    "dirname",
                    "find",
                    "grep",
                    "head",
                    "ln",
                    "mkdir",
                    "mv",
                    "ps",
                    "readlink",
                    "rm",
                    "sed",
                    "sleep",
                    "tail",
                    "tee",
                    "touch");

    @TempDir Path checkout;

    @BeforeEach
    void copy() throws IOException {
        Files.copy(SCRIPT, checkout.resolve("firebreak"));
        Files.copy(Path.of("../pom.xml"), checkout.resolve("pom.xml"));
    }

    @Test
    void it_knows_the_verbs_of_the_grammar() throws Exception {
        var line = Pattern.compile("(?s)\nverbs=\"(.*?)\"").matcher(Files.readString(SCRIPT));
        assertThat(line.find()).isTrue();
        var verbs =
                Grammar.forTerminal()
                        .help(Optional.empty())
                        .lines()
                        .takeWhile(text -> !text.isBlank())
                        .map(text -> text.replaceFirst(" .*", ""))
                        .filter(verb -> !verb.equals("help"))
                        .collect(Collectors.toSet());

        assertThat(Stream.of(line.group(1).split("[\\\\\\s]+")))
                .containsExactlyInAnyOrderElementsOf(verbs);
    }

    @Test
    void what_is_no_command_is_told_before_anything_is_built() throws Exception {
        var said = run(2, "bogus");

        assertThat(said).contains("there is no bogus").doesNotContain("building");
    }

    @Test
    void its_release_is_told_without_building() throws Exception {
        assertThat(run(0, "--version")).startsWith("firebreak 0.");
    }

    @Test
    void where_only_jars_were_brought_nothing_is_built() throws Exception {
        Files.delete(checkout.resolve("pom.xml"));

        assertThat(run(1, "agent")).contains("host-agent.jar").doesNotContain("building");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_second_terminal_waits_for_the_build_of_the_first_and_does_not_build_again(
            boolean withFlock) throws Exception {
        aBuildThatWaitsForItsGate();
        var first = start(withFlock);
        try (var said = first.inputReader(UTF_8)) {
            assertThat(said.readLine()).contains("building (the first time");
            assertThat(said.readLine()).contains("Firebreak");
            var second = start(withFlock);
            try (var heard = second.inputReader(UTF_8)) {
                assertThat(heard.readLine()).contains("another terminal is building; waiting");
                Files.writeString(checkout.resolve("gate"), "");
                assertThat(heard.readAllAsString()).contains("cli.jar").doesNotContain("building");
            } finally {
                second.destroyForcibly();
            }
            assertThat(said.readAllAsString()).contains("cli.jar").doesNotContain("mv:");
        } finally {
            first.destroyForcibly();
        }
        assertThat(checkout.resolve("builds")).hasContent("one");
    }

    @Test
    void the_turn_of_a_builder_that_is_gone_is_taken_over() throws Exception {
        aBuildThatWaitsForItsGate();
        Files.writeString(checkout.resolve("gate"), "");
        var gone = new ProcessBuilder("true").start();
        assertThat(gone.waitFor(20, TimeUnit.SECONDS)).isTrue();
        Files.createDirectories(checkout.resolve("target"));
        Files.createSymbolicLink(
                checkout.resolve("target/building.by"), Path.of(Long.toString(gone.pid())));

        var process = start(false);

        try (var said = process.inputReader(UTF_8)) {
            assertThat(said.readAllAsString()).contains("building (").doesNotContain("waiting");
        } finally {
            process.destroyForcibly();
        }
        assertThat(checkout.resolve("builds")).hasContent("one");
        assertThat(checkout.resolve("target/building.by")).doesNotExist();
    }

    /// Stands where the Maven wrapper does, and ends when there is a file called gate.
    private void aBuildThatWaitsForItsGate() throws IOException {
        script(
                checkout.resolve("mvnw"),
                """
                echo one >>builds
                echo '[INFO] Building Firebreak 0.1 [1/1]'
                until [ -e gate ]; do sleep 0.1; done
                """);
    }

    private static void script(Path file, String lines) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + lines);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private Process start(boolean withFlock) throws IOException {
        var builder =
                new ProcessBuilder("sh", checkout.resolve("firebreak").toString(), "status")
                        .redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        if (!withFlock) {
            builder.environment().put("PATH", withoutFlock().toString());
        }
        return builder.start();
    }

    /// A folder with every tool that the script needs, as on a machine that has no flock.
    private Path withoutFlock() throws IOException {
        var folder = Files.createDirectories(checkout.resolve("bin"));
        for (var tool : TOOLS) {
            script(folder.resolve(tool), "exec %s \"$@\"\n".formatted(found(tool)));
        }
        return folder;
    }

    private static Path found(String tool) {
        return Stream.of("/bin", "/usr/bin")
                .map(folder -> Path.of(folder, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }

    private String run(int code, String argument) throws Exception {
        var process =
                new ProcessBuilder("sh", checkout.resolve("firebreak").toString(), argument)
                        .redirectErrorStream(true)
                        .start();
        var said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isEqualTo(code);
        return said;
    }
}
