package dev.firebreak.queryside.projection;

import dev.firebreak.eventlog.log.LogEntry;
import java.util.List;

/// One kind of view, worked out entry by entry from the log and nothing else.
public interface Projection {

    /// The rows that it keeps; each has a `generation`.
    List<Class<?>> rows();

    /// Takes one entry in. Rows that it asks the batch for may be changed in place.
    void apply(LogEntry entry, Batch batch);
}
