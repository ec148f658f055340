package dev.firebreak.chatops.grammar;

/// How a terminal reaches the service and wants to see the answer. Texts are empty when not given.
public record TerminalOptions(
        String url, String data, String ca, Output output, boolean awaited, boolean watched) {

    public static final TerminalOptions DEFAULT =
            new TerminalOptions("", "", "", Output.TABLE, true, false);

    /// For people, or for programs.
    public enum Output {
        TABLE,
        JSON,
        YAML
    }
}
