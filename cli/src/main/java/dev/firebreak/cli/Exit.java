package dev.firebreak.cli;

/// How a run ends; programs rely on the numbers.
enum Exit {
    OK(0),
    /// Failed, or refused by the rules.
    FAILED(1),
    USAGE(2),
    /// Drift, or a log that was tampered with, was found.
    VIOLATION(3),
    NOT_PERMITTED(4),
    UNREACHABLE(5),
    /// It holds, but not everywhere.
    PARTIAL(6),
    /// It was asked for and nobody knows yet what came of it.
    UNKNOWN(7);

    private final int code;

    Exit(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
