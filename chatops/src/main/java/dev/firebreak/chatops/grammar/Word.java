package dev.firebreak.chatops.grammar;

import java.util.ArrayList;
import java.util.List;

/// One word of a line. What stood in quotes is never taken for an option inside a reason.
record Word(String text, boolean quoted) {

    private static final int NONE = -1;

    /// Cuts a line at blanks. A quote counts at the start of a word, or after `--option=`, when its
    /// partner follows; so an apostrophe is just an apostrophe. There are no escapes and no shell.
    static List<Word> split(String line) {
        var words = new ArrayList<Word>();
        var at = 0;
        while (at < line.length()) {
            if (Character.isWhitespace(line.charAt(at))) {
                at++;
                continue;
            }
            var end = blankAfter(line, at);
            var quote = openingQuote(line, at, end);
            var close = quote == NONE ? NONE : closingQuote(line, quote);
            if (close == NONE) {
                words.add(new Word(line.substring(at, end), false));
                at = end;
            } else {
                words.add(
                        new Word(
                                line.substring(at, quote) + line.substring(quote + 1, close),
                                quote == at));
                at = close + 1;
            }
        }
        return words;
    }

    /// What a shell has split already.
    static List<Word> of(List<String> arguments) {
        return arguments.stream()
                .map(argument -> new Word(argument, argument.indexOf(' ') >= 0))
                .toList();
    }

    boolean isOption() {
        return !quoted && text.length() > 2 && text.startsWith("--") && isLetter(text.charAt(2));
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static int blankAfter(String line, int from) {
        var at = from;
        while (at < line.length() && !Character.isWhitespace(line.charAt(at))) {
            at++;
        }
        return at;
    }

    private static int openingQuote(String line, int from, int end) {
        if (isQuote(line.charAt(from))) {
            return from;
        }
        var equals = line.indexOf('=', from);
        var isValue = line.startsWith("--", from) && equals > from && equals + 1 < end;
        return isValue && isQuote(line.charAt(equals + 1)) ? equals + 1 : NONE;
    }

    /// The partner ends a word, so `"it's"` and `'a' b'` read as people mean them.
    private static int closingQuote(String line, int open) {
        var quote = line.charAt(open);
        for (var at = line.indexOf(quote, open + 1); at >= 0; at = line.indexOf(quote, at + 1)) {
            if (at + 1 == line.length() || Character.isWhitespace(line.charAt(at + 1))) {
                return at;
            }
        }
        return NONE;
    }

    private static boolean isQuote(char c) {
        return c == '"' || c == '\'';
    }
}
