package dev.firebreak.hostagent.deny;

/// What the kernel looks a rule up by. Denies with the same key share it and leave it one by one.
public record RuleKey(
        long handle, View view, Prefix peer, Protocol protocol, boolean exactPort, int port) {

    /// Denies that may share one key.
    public static final int MOST_SHARED = 8;
}
