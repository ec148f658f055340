package dev.firebreak.enforcerconnectors.enforcer;

/// The line by which a connector passes on what an attached enforcer says without being asked.
/// Calls come in the order in which the enforcer spoke.
public interface Attachment {

    /// Any sign of life.
    void heard();

    /// A sign of life with a digest of what it holds, as [Digest] takes it.
    void heard(long generation, String digest);

    void observed(Observation.Seen seen);

    void verified(Verification verification);

    /// It is out of reach now, which says nothing of what it holds.
    void detached();
}
