package dev.firebreak.chatops.grammar;

/// Says back a piece of what was typed: short, and without characters that could disguise it.
final class Echo {

    private static final int MAX_LENGTH = 60;

    private Echo() {}

    static String of(String text) {
        var plain =
                text.codePoints()
                        .limit(MAX_LENGTH)
                        .map(c -> isPlain(c) ? c : '\uFFFD')
                        .collect(
                                StringBuilder::new,
                                StringBuilder::appendCodePoint,
                                StringBuilder::append)
                        .toString();
        return text.codePointCount(0, text.length()) > MAX_LENGTH ? plain + "…" : plain;
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
