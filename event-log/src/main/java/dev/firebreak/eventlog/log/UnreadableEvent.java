package dev.firebreak.eventlog.log;

import dev.firebreak.eventlog.event.Event;
import java.time.Instant;

/// Stands in the log's order for an event that this release cannot read: written by a newer one, or
/// damaged. Followers pass it by and count it; a decision on its stream is not possible.
public record UnreadableEvent(String stream, String name, int revision, String why, Instant at)
        implements Event {}
