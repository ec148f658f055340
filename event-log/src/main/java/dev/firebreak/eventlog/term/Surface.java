package dev.firebreak.eventlog.term;

/// Where a command came in.
public enum Surface {
    SLACK,
    CLI,
    REST,
    CONSOLE,
    PAGERDUTY,
    /// An alarm that rang, in memory.
    ALARM,
    /// The clustered sweep that recomputes from the log what should have ended.
    SWEEP,
    /// The dispatcher, reporting what an enforcer answered.
    DISPATCH,
    /// A host agent, by its channel.
    AGENT,
    /// The first start of a data directory.
    SETUP
}
