package dev.firebreak.eventlog.log;

import dev.firebreak.eventlog.term.Responder;
import dev.firebreak.eventlog.term.ResponderName;
import dev.firebreak.eventlog.term.Surface;
import java.util.UUID;

/// Where an event comes from: who, by which surface, as part of which conversation (`correlation`),
/// and because of which message (`causation`).
public record Provenance(ResponderName by, Surface surface, UUID correlation, UUID causation) {

    private static final UUID NOBODY = new UUID(0, 0);

    /// Of an [UnreadableEvent], which may not even say who.
    static final Provenance UNREADABLE =
            new Provenance(Responder.FIREBREAK.name(), Surface.SETUP, NOBODY, NOBODY);
}
