package dev.firebreak.commandside.command;

/// The log could not take the decision in time. Asking again is safe: with the same key, or because
/// the same command twice is one effect.
public final class LogUnavailable extends RuntimeException {

    private final boolean nothingDecided;

    public LogUnavailable(String sentence, boolean nothingDecided, Throwable cause) {
        super(sentence, cause);
        this.nothingDecided = nothingDecided;
    }

    /// Whether it is certain that nothing happened. Otherwise the log was lost around the commit,
    /// and only asking again tells.
    public boolean isNothingDecided() {
        return nothingDecided;
    }
}
