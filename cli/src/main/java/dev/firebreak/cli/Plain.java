package dev.firebreak.cli;

import com.fasterxml.jackson.databind.JsonNode;
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
        return text.codePoints()
                .map(c -> isPlain(c) ? c : '\uFFFD')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isPlain(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            default -> true;
        };
    }
}
