package dev.firebreak.eventlog.log;

import dev.firebreak.eventlog.term.ResponderName;

/// The decision that answered a command key: in which stream, and its first event's position.
public record KeyUse(ResponderName by, String key, String stream, long position) {}
