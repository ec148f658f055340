package dev.firebreak.eventlog.log;

import dev.firebreak.eventlog.term.ResponderName;
import dev.firebreak.eventlog.term.Surface;
import java.util.UUID;

/// Where an event comes from: who, by which surface, as part of which conversation (`correlation`),
/// and because of which message (`causation`).
public record Provenance(ResponderName by, Surface surface, UUID correlation, UUID causation) {}
