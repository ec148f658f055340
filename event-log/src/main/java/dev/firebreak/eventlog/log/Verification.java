package dev.firebreak.eventlog.log;

/// What recomputing the chain of hashes came to.
public sealed interface Verification {

    /// Every event is the one that was appended, in the order in which it was. `hash` (hex) stands
    /// for all of them: two logs with the same hash at the same position are the same log.
    record Intact(long events, String hash) implements Verification {}

    /// From this position on the log is not what was appended.
    record Broken(long position, String sentence) implements Verification {}
}
