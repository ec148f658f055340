package dev.firebreak.commandside.command;

/// The one door to decisions.
public interface Commands {

    /// Decides, and returns when the decision is durable. A refusal is a value and is itself
    /// recorded; a log that cannot be written throws [LogUnavailable]. `command.by()` and
    /// `origin.by()` must be the same responder: a surface that acts with another's rights is a
    /// defect, and throws.
    Outcome send(Command command, Origin origin);
}
