package dev.firebreak.eventlog.term;

/// Which way traffic flows, seen from the subject of a deny.
public enum Direction {
    INGRESS,
    EGRESS,
    BOTH
}
