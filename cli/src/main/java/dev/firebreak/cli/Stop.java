package dev.firebreak.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/// Ends the run with a sentence and a next step; it never shows a stack.
final class Stop extends RuntimeException {

    private static final String TYPES = "https://firebreak.dev/problems/";

    private final Exit exit;
    private final transient ObjectNode problem;

    /// What this terminal found by itself; its code is the name of the exit.
    Stop(Exit exit, String sentence) {
        this(exit, sentence, code(exit));
    }

    Stop(Exit exit, String sentence, String code) {
        this(exit, sentence, problem(sentence, code));
    }

    /// What the service said.
    Stop(Exit exit, String sentence, ObjectNode problem) {
        super(sentence, null, false, false);
        this.exit = exit;
        this.problem = problem;
    }

    Exit exit() {
        return exit;
    }

    String sentence() {
        return String.valueOf(getMessage());
    }

    /// The same for programs, in the form of the service's problems.
    ObjectNode problem() {
        return problem;
    }

    static ObjectNode problem(String sentence, String code) {
        return Bodies.empty().put("type", TYPES + code).put("detail", sentence).put("code", code);
    }

    private static String code(Exit exit) {
        return exit.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
