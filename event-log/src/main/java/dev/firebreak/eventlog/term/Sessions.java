package dev.firebreak.eventlog.term;

/// What became of the sessions that were open when a deny took hold.
public record Sessions(int ended, int surviving) {

    public static final Sessions NONE = new Sessions(0, 0);
}
