package dev.firebreak.service.start;

import java.util.Optional;

/// Why Firebreak does not start, as a sentence that says what to do.
public final class CannotStart extends RuntimeException {

    static final int DEEPEST_CAUSE = 20;

    public CannotStart(String sentence) {
        super(sentence);
    }

    CannotStart(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    /// The one that was meant for the operator, wherever it sits among the causes; empty when this
    /// failure was not foreseen.
    static Optional<CannotStart> among(Throwable failure) {
        var cause = failure;
        for (var depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
            if (cause instanceof CannotStart foreseen) {
                return Optional.of(foreseen);
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }
}
