package dev.firebreak.eventlog.term;

/// What became of sessions that a deny forbids: how many were ended since it took hold, as far as
/// who reports it knows, and how many are open all the same.
public record Sessions(int ended, int surviving) {

    public static final Sessions NONE = new Sessions(0, 0);
}
