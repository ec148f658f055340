package dev.firebreak.eventlog.term;

/// Text from anywhere, made unable to break the line, to move a cursor, to hide or to turn its
/// direction: every character that could is shown as U+FFFD.
public final class Printable {

    private Printable() {}

    public static String of(String text) {
        return text.codePoints()
                .map(c -> isPlain(c) ? c : '\uFFFD')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /// The same of the first `most` characters, with an ellipsis for the rest.
    public static String of(String text, int most) {
        return text.codePointCount(0, text.length()) > most
                ? of(text.substring(0, text.offsetByCodePoints(0, most))) + "…"
                : of(text);
    }

    static boolean isPlain(int codePoint) {
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
