package dev.firebreak.queryside.timeline;

import dev.firebreak.eventlog.log.LogEntry;
import java.time.Instant;

/// One row of a timeline before it is put into words: an entry of the log, or several that say the
/// same. `entry` is at the last of them; `entries` counts them, and the first was at `firstAt`.
public record Told(LogEntry entry, Instant firstAt, long entries) {

    public static Told once(LogEntry entry) {
        return new Told(entry, entry.event().at(), 1);
    }
}
