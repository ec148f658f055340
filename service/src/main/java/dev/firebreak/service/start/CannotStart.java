package dev.firebreak.service.start;

/// Why Firebreak does not start, as a sentence that says what to do.
public final class CannotStart extends RuntimeException {

    private static final int DEEPEST_CAUSE = 20;

    public CannotStart(String sentence) {
        super(sentence);
    }

    CannotStart(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    /// The sentence that was meant for the operator, wherever it sits among the causes.
    static String sentenceOf(Throwable failure) {
        var cause = failure;
        for (var depth = 0; depth < DEEPEST_CAUSE; depth++) {
            if (cause instanceof CannotStart || cause.getCause() == null) {
                break;
            }
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
