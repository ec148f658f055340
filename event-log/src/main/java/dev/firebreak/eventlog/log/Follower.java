package dev.firebreak.eventlog.log;

import java.util.List;

/// Somebody who follows the log by position: every entry once, in order, in batches.
@FunctionalInterface
public interface Follower {

    /// Takes the next entries. When it returns they count as taken; when it throws, the follower is
    /// stopped and reported, since going on would mean a gap.
    void take(List<LogEntry> entries);
}
