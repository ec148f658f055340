package dev.firebreak.commandside.command;

/// The one door to decisions.
public interface Commands {

    /// Decides, and returns when the decision is durable. A refusal is a value and is itself
    /// recorded; a log that cannot be written throws [LogUnavailable], and then nothing has
    /// happened.
    Outcome send(Command command, Origin origin);
}
