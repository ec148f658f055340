package dev.firebreak.enforcerconnectors.hostagent;

import dev.firebreak.eventlog.term.InvalidTerm;

/// Free text from an agent, made fit to be kept: one plain line of bounded length.
final class Texts {

    private static final int MAX_LINE = 200;

    private Texts() {}

    static String sentence(InvalidTerm invalid) {
        return String.valueOf(invalid.getMessage());
    }

    static String line(String text) {
        var plain = text.replaceAll("[^\\x20-\\x7e]", "?");
        return plain.substring(0, Math.min(plain.length(), MAX_LINE));
    }
}
