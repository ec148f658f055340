package dev.firebreak.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.firebreak.chatops.grammar.TerminalOptions;
import java.util.List;

/// Puts what is shown into the form that was asked for.
final class Output {

    private Output() {}

    static List<String> lines(Shown shown, TerminalOptions.Output form) {
        return switch (form) {
            case TABLE -> shown.lines();
            case JSON -> json(shown.json());
            case YAML -> yaml(shown.json());
        };
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
