package dev.firebreak.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firebreak.service.start.CannotStart;
import dev.firebreak.service.wiring.KnownSettings;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is called like a setting and is none is refused, with the one that was meant.
class KnownSettingsTest {

    @ParameterizedTest
    @CsvSource({
        "FIREBREAK_PROTECTED_SCOPE, FIREBREAK_PROTECTED_SCOPES",
        "FIREBREAK_SLACK_SIGNING_SECRETS, FIREBREAK_SLACK_SIGNING_SECRET",
        "FIREBREAK_LIMITS_RESPONDER_SHARE_COUNT_ABOVE, FIREBREAK_LIMITS_RESPONDER_SHARE_COUNTS_ABOVE"
    })
    void a_slip_in_a_variable_is_refused_with_the_one_that_was_meant(String typed, String meant) {
        assertThatThrownBy(() -> KnownSettings.check(file(Map.of()), Set.of("HOME", typed)))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining(typed + " is no setting of Firebreak.")
                .hasMessageContaining("Did you mean " + meant + "?");
    }

    @Test
    void a_variable_that_resembles_nothing_is_refused_all_the_same() {
        assertThatThrownBy(() -> KnownSettings.check(file(Map.of()), Set.of("FIREBREAK_FROB")))
                .isInstanceOf(CannotStart.class)
                .hasMessage(
                        "FIREBREAK_FROB is no setting of Firebreak. All are listed in"
                                + " docs/reference/settings.md.");
    }

    @Test
    void a_slip_in_a_file_is_refused_too() {
        var config = file(Map.of("firebreak.protected.scopes", "workload/infra/dns"));

        assertThatThrownBy(() -> KnownSettings.check(config, Set.of()))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("Did you mean firebreak.protected-scopes?");
    }

    @Test
    void every_setting_of_the_reference_is_known_in_a_file_and_as_a_variable() throws IOException {
        var names = reference();
        var values = names.stream().collect(Collectors.toMap(Function.identity(), _ -> "x"));
        var variables = names.stream().map(KnownSettingsTest::variable).collect(Collectors.toSet());

        assertThat(names).hasSizeGreaterThan(40);
        assertThatCode(() -> KnownSettings.check(file(values), variables))
                .doesNotThrowAnyException();
    }

    @Test
    void what_the_launcher_and_kubernetes_set_is_no_slip() {
        var others =
                Set.of(
                        "FIREBREAK_TOKEN",
                        "FIREBREAK_JAVA_OPTIONS",
                        "FIREBREAK_SERVICE_HOST",
                        "FIREBREAK_SERVICE_PORT",
                        "FIREBREAK_SERVICE_PORT_HTTP",
                        "FIREBREAK_PORT",
                        "FIREBREAK_PORT_8080_TCP_ADDR");

        assertThatCode(() -> KnownSettings.check(file(Map.of()), others))
                .doesNotThrowAnyException();
    }

    private static Config file(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(values, "a file", 250))
                .withSources(new EnvConfigSource(Map.of("FIREBREAK_TOKEN", "x"), 300))
                .build();
    }

    private static Set<String> reference() throws IOException {
        var reference = Instance.HOME.resolve("docs").resolve("reference").resolve("settings.md");
        return Pattern.compile("^\\| `(firebreak[^`]+)`", Pattern.MULTILINE)
                .matcher(Files.readString(reference))
                .results()
                .map(row -> row.group(1))
                .collect(Collectors.toSet());
    }

    private static String variable(String name) {
        return String.join("_", Arrays.asList(name.toUpperCase(Locale.ROOT).split("[.-]", -1)));
    }
}
