package dev.firebreak.cli;

/// Ends the run with a sentence and a next step; it never shows a stack.
final class Stop extends RuntimeException {

    private final Exit exit;

    Stop(Exit exit, String sentence) {
        super(sentence, null, false, false);
        this.exit = exit;
    }

    Exit exit() {
        return exit;
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}
