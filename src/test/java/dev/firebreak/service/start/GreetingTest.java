package dev.firebreak.service.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.eventlog.term.EnforcerName;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GreetingTest {

    @Test
    void in_the_usual_place_a_command_needs_no_option() {
        assertThat(greeting(Optional.empty()).lines())
                .anyMatch(line -> line.endsWith("  ./firebreak status"))
                .anyMatch(line -> line.endsWith(" in a moment: ./firebreak enforcers"));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {"/srv/fire-1, /srv/fire-1", "/srv/two words, '/srv/two words'"})
    void elsewhere_every_command_names_the_place_as_a_shell_takes_it(Path data, String typed) {
        assertThat(greeting(Optional.of(data)).lines())
                .filteredOn(line -> line.contains("./firebreak"))
                .hasSize(2)
                .allMatch(line -> line.endsWith(" --data " + typed));
    }

    private static Greeting greeting(Optional<Path> unusual) {
        return Greeting.withEnforcer(
                "http://127.0.0.1:8080/", unusual, "is safe", EnforcerName.parse("host/web-1"));
    }
}
