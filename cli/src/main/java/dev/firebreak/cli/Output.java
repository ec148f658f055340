package dev.firebreak.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.firebreak.chatops.grammar.TerminalOptions;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Puts what is shown into the form that was asked for.
final class Output {

    private static final Pattern WANTED =
            Pattern.compile(" (-o|--output)[ =](?<form>json|yaml) ", Pattern.CASE_INSENSITIVE);

    private Output() {}

    static List<String> lines(Shown shown, TerminalOptions.Output form) {
        return switch (form) {
            case TABLE -> shown.lines();
            case JSON -> json(shown.json());
            case YAML -> yaml(shown.json());
        };
    }

    /// The form that was asked for in a line that cannot be read.
    static TerminalOptions.Output wanted(List<String> arguments) {
        var form = WANTED.matcher(" " + String.join(" ", arguments) + " ");
        return form.find()
                ? TerminalOptions.Output.valueOf(form.group("form").toUpperCase(Locale.ROOT))
                : TerminalOptions.Output.TABLE;
    }

    private static List<String> json(JsonNode json) {
        return json.isMissingNode() ? List.of("{}") : json.toPrettyString().lines().toList();
    }

    private static List<String> yaml(JsonNode json) {
        try {
            var mapper = YAMLMapper.builder().disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER);
            return json.isMissingNode()
                    ? List.of("{}")
                    : mapper.build().writeValueAsString(json).lines().toList();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree that cannot be written", e);
        }
    }
}
