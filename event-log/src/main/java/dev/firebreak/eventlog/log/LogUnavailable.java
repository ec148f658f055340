package dev.firebreak.eventlog.log;

/// The log could not be reached, or not in time.
public final class LogUnavailable extends RuntimeException {

    private final boolean nothingAppended;

    private LogUnavailable(String sentence, Throwable cause, boolean nothingAppended) {
        super(sentence, cause);
        this.nothingAppended = nothingAppended;
    }

    static LogUnavailable nothingAppended(String sentence, Throwable cause) {
        return new LogUnavailable(sentence, cause, true);
    }

    /// The connection was lost around the commit and no other could be had to find out.
    static LogUnavailable outcomeUnknown(String sentence, Throwable cause) {
        return new LogUnavailable(sentence, cause, false);
    }

    /// The same answer to another who waited for the same commit.
    LogUnavailable forAnother() {
        return new LogUnavailable(String.valueOf(getMessage()), this, nothingAppended);
    }

    /// Whether it is certain that nothing was appended. If not, asking again is safe with the same
    /// command key or the same event ids, and tells what became of it.
    public boolean isNothingAppended() {
        return nothingAppended;
    }
}
