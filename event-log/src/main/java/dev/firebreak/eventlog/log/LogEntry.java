package dev.firebreak.eventlog.log;

import dev.firebreak.eventlog.event.Event;
import java.time.Instant;
import java.util.UUID;

/// One event as the log holds it. Positions are 1, 2, 3 … without gaps and are the only order there
/// is; `event.at()` is when it happened, `recordedAt` when the log took it.
public record LogEntry(
        long position, UUID id, Event event, Provenance provenance, Instant recordedAt) {}
