package dev.firebreak.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firebreak.eventlog.term.Printable;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// Text from elsewhere, made unable to move the cursor, colour the screen or turn its direction.
final class Plain {

    private Plain() {}

    /// A value in one line: lists by commas, nothing as nothing.
    static String text(JsonNode value) {
        if (value.isArray()) {
            return StreamSupport.stream(value.spliterator(), false)
                    .map(Plain::text)
                    .collect(Collectors.joining(", "));
        }
        if (value.isObject()) {
            return printable(value.toString());
        }
        return value.isNull() ? "" : printable(value.asText());
    }

    static String printable(String text) {
        return Printable.of(text);
    }
}
