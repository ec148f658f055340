package dev.firebreak.eventlog.term;

/// A transport that a deny can name.
public enum Protocol {
    TCP,
    UDP,
    ICMP
}
