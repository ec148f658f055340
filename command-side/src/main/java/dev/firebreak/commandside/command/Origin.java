package dev.firebreak.commandside.command;

import dev.firebreak.eventlog.term.Responder;
import dev.firebreak.eventlog.term.Surface;
import java.util.UUID;

/// Where a command comes from. `correlation` ties a conversation together; `key` is what the sender
/// calls this very request (an `Idempotency-Key`, a Slack trigger), honoured for ever, or empty.
/// Another request under a key that was used is another request, and is done.
public record Origin(Responder by, Surface surface, UUID correlation, String key) {

    public static final int MAX_KEY = 180;

    public Origin {
        if (key.length() > MAX_KEY) {
            throw new IllegalArgumentException("key longer than " + MAX_KEY);
        }
    }

    /// Firebreak's own doing, by one of its own surfaces.
    public static Origin firebreak(Surface surface, UUID correlation) {
        return new Origin(Responder.FIREBREAK, surface, correlation, "");
    }
}
