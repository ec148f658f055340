package dev.firebreak.eventlog.term;

import java.util.regex.Pattern;

/// The spelling rules that several words share.
final class Words {

    /// Like a DNS name: what Kubernetes, hosts and cgroups already call things.
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9._]*[a-z0-9])?");

    /// The empty Braille pattern, and the fillers of Hangul.
    private static final String DRAWN_EMPTY = "\u2800\u115f\u1160\u3164\uffa0";

    static final int MAX_NAME_LENGTH = 253;

    private Words() {}

    static String name(String kind, String text) {
        if (text.length() > MAX_NAME_LENGTH || !NAME.matcher(text).matches()) {
            throw new InvalidTerm(
                    "'%s' is not a valid %s: use lower-case letters, digits, '-', '.' and '_'."
                            .formatted(printable(text), kind));
        }
        return text;
    }

    /// Free text from outside: bounded, and without control or bidirectional characters, which
    /// could forge log lines or disguise a message in Slack.
    static String line(String kind, String text, int maxLength) {
        if (text.length() > maxLength) {
            throw new InvalidTerm(
                    "The %s has %d characters; at most %d are kept."
                            .formatted(kind, text.length(), maxLength));
        }
        if (!text.codePoints().allMatch(Printable::isPlain)) {
            throw new InvalidTerm(
                    "The %s holds control or invisible characters; write it in plain text on one line."
                            .formatted(kind));
        }
        return text;
    }

    /// Whether there is nothing to be seen: spaces of every kind, letters that are drawn empty, and
    /// marks upon nothing.
    static boolean isBlank(String text) {
        return text.codePoints().allMatch(Words::isUnseen);
    }

    static String printable(String text) {
        return Printable.of(text, MAX_NAME_LENGTH);
    }

    private static boolean isUnseen(int codePoint) {
        return Character.isWhitespace(codePoint)
                || Character.isSpaceChar(codePoint)
                || DRAWN_EMPTY.indexOf(codePoint) >= 0
                || switch (Character.getType(codePoint)) {
                    case Character.NON_SPACING_MARK,
                            Character.ENCLOSING_MARK,
                            Character.COMBINING_SPACING_MARK ->
                            true;
                    default -> false;
                };
    }
}
