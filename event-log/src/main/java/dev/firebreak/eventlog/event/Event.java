package dev.firebreak.eventlog.event;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;

/// Something that happened. Each family is a sealed interface of records in a package of its own.
public interface Event {

    /// When it happened, by the clock of whoever saw it; the log adds when it was recorded.
    Instant at();

    /// The stream it belongs to, for example `containment/C-7F3K9QX`.
    @JsonIgnore
    String stream();
}
