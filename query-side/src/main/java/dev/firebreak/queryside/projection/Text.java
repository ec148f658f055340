package dev.firebreak.queryside.projection;

import java.util.List;

/// Text from outside, made fit for a column: enforcers' sentences are theirs to choose, and one
/// with a NUL or half a character in it must not stop the views for everybody.
public final class Text {
    private static final int MAX_LENGTH = 4_000;
    private static final char REPLACEMENT = '\uFFFD';

    private Text() {}

    public static String storable(String text) {
        var cut = text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) + "…" : text;
        return cut.codePoints()
                .map(c -> isStorable(c) ? c : REPLACEMENT)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    public static List<String> storable(List<String> texts) {
        return texts.stream().map(Text::storable).toList();
    }

    private static boolean isStorable(int codePoint) {
        return codePoint != 0 && Character.getType(codePoint) != Character.SURROGATE;
    }
}
