package dev.firebreak.commandside.command;

/// What came of a command.
public sealed interface Outcome {

    /// Decided and durable. `target` is the stream, `position` that of the last event in the log.
    record Accepted(String target, long position) implements Outcome {}

    /// It had been decided before and stays so: the same command twice is one effect.
    record Already(String target, String sentence) implements Outcome {}

    /// The rules say no. The sentence tells what, why and what next.
    record Refused(RefusalCode code, String sentence) implements Outcome {}
}
