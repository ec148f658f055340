package dev.firebreak.chatops.grammar;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// Joins what belongs together but was typed apart: a reason without quotes, `workload NS/NAME`,
/// and lists with blanks after their commas.
final class Gathering {

    private static final String REASON = "--reason";
    private static final String REASON_VALUE = "--reason=";

    private final Deque<Word> rest;
    private final List<String> done = new ArrayList<>();

    private Gathering(List<Word> words) {
        rest = new ArrayDeque<>(words);
    }

    static List<String> of(List<Word> words) {
        var gathering = new Gathering(words);
        gathering.run();
        return gathering.done;
    }

    private void run() {
        while (!rest.isEmpty()) {
            var word = rest.pop();
            if (!word.quoted() && REASON.equals(word.text())) {
                reason("");
            } else if (!word.quoted() && word.text().startsWith(REASON_VALUE)) {
                reason(word.text().substring(REASON_VALUE.length()));
            } else if ("workload".equals(word.text()) && nextIsName()) {
                done.add("workload/" + rest.pop().text());
            } else {
                done.add(withItsCommas(word.text()));
            }
        }
    }

    /// Everything up to the next option. An option that does not exist is not swallowed: a misspelt
    /// `--dry-rnu` must not turn into a part of the reason and a real containment.
    private void reason(String first) {
        var text = new StringBuilder(first);
        while (!rest.isEmpty() && !rest.peek().isOption() && !isOutput(rest.peek())) {
            text.append(text.isEmpty() ? "" : " ").append(rest.pop().text());
        }
        if (text.isEmpty()) {
            done.add(REASON);
        } else {
            done.add(REASON_VALUE + text);
        }
    }

    private static boolean isOutput(Word word) {
        return !word.quoted() && "-o".equals(word.text());
    }

    private boolean nextIsName() {
        var next = rest.peek();
        return next != null && next.text().indexOf('/') > 0;
    }

    private String withItsCommas(String first) {
        var text = new StringBuilder(first);
        while (text.charAt(text.length() - 1) == ',' && !rest.isEmpty() && !isDash(rest.peek())) {
            text.append(rest.pop().text());
        }
        return text.toString();
    }

    private static boolean isDash(Word word) {
        return word.text().startsWith("-");
    }
}
