package dev.firebreak.commandside.command;

/// The log could not take the decision in time: nothing was decided, and asking again is safe.
public final class LogUnavailable extends RuntimeException {

    public LogUnavailable(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
