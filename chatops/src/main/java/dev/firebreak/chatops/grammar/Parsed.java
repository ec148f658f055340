package dev.firebreak.chatops.grammar;

/// What came of reading a line.
public sealed interface Parsed {

    /// `view` is how a terminal wants to see the answer; Slack does not ask.
    record Understood(Request request, TerminalOptions view) implements Parsed {}

    /// `sentence` says what is wrong and what to type; `usage` is the verb's form with an example.
    record Misunderstood(String sentence, String usage) implements Parsed {}
}
