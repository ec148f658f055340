package dev.firebreak.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.service.wiring.Says;
import dev.firebreak.service.wiring.Settings;
import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// docs/reference/settings.md says what the code has. To write it anew: run this test with
/// `-Dfirebreak.write-reference=true`.
class SettingsReferenceTest {

    private static final Path REFERENCE = Path.of("..", "docs", "reference", "settings.md");

    private static final String INTRODUCTION =
            """
            # Settings

            Made from `Settings.java`; a test holds the two equal. Each can be given as a system property or in
            `config/application.properties` beside where Firebreak is started (`firebreak.slack.signing-secret=…`), or as an
            environment variable (`FIREBREAK_SLACK_SIGNING_SECRET`). A setting that is not listed here is refused at start.
            Durations are written `30s`, `15m`, `24h`; lists with commas.

            | setting | kind | default | what for |
            |---|---|---|---|
            """;

    @Test
    void the_reference_lists_every_setting_as_it_is() throws IOException {
        var made = INTRODUCTION + rows("firebreak", Settings.class).collect(Collectors.joining());
        if (Boolean.getBoolean("firebreak.write-reference")) {
            Files.writeString(REFERENCE, made);
        }

        assertThat(Files.readString(REFERENCE)).isEqualTo(made);
    }

    private static Stream<String> rows(String prefix, Class<?> group) {
        return Arrays.stream(group.getMethods())
                .sorted(Comparator.comparing(Method::getName))
                .flatMap(method -> {
                    var name = prefix + "." + kebab(method.getName());
                    return isGroup(method)
                            ? rows(name, method.getReturnType())
                            : Stream.of(row(name, method));
                });
    }

    private static boolean isGroup(Method method) {
        return method.getReturnType().isInterface()
                && method.getReturnType().getName().startsWith(Settings.class.getName());
    }

    private static String row(String name, Method method) {
        var says = method.getAnnotation(Says.class);
        assertThat(says).as("%s says nothing of itself", name).isNotNull();
        var otherwise = Optional.ofNullable(method.getAnnotation(WithDefault.class));
        return "| `%s` | %s | %s | %s |%n"
                .formatted(
                        name,
                        kind(method),
                        otherwise.map(value -> "`" + value.value() + "`").orElse(""),
                        says.value());
    }

    private static String kind(Method method) {
        var type = method.getGenericReturnType().getTypeName();
        if (method.getGenericReturnType() instanceof ParameterizedType optional) {
            type = optional.getActualTypeArguments()[0].getTypeName();
        }
        if (type.startsWith(List.class.getName())) {
            return "list";
        }
        return switch (type.substring(type.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT)) {
            case "string" -> "text";
            case "int", "integer" -> "whole number";
            case "double" -> "number";
            case "boolean" -> "true or false";
            case "duration" -> "duration";
            case "path" -> "path";
            default -> throw new IllegalStateException("no word for " + type);
        };
    }

    private static String kebab(String camel) {
        return camel.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
