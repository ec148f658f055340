package dev.firebreak.enforcerconnectors.enforcer;

/// Where a connector hands in an enforcer that has come within reach of this replica.
public interface Roster {

    /// From now on this replica brings `enforcer` to what the log implies, starting from what it
    /// was seen to hold. An earlier attachment of the same name ends.
    Attachment attach(Enforcer enforcer, Observation.Seen seen);
}
