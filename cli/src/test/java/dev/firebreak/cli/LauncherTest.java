package dev.firebreak.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.chatops.grammar.Grammar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The script that people start everything with, in a checkout where nothing was built yet.
class LauncherTest {

    private static final Path SCRIPT = Path.of("../firebreak");

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
