package dev.firebreak.eventlog.log;

import dev.firebreak.eventlog.event.Event;
import java.time.Instant;
import java.util.UUID;

/// An event ready to be appended: everything that needs no place in the order is computed before it
/// queues, in its sender's thread.
final class PreparedEvent {

    /// What telemetry has instead of a place in a stream.
    static final long NO_SEQUENCE = -1;

    static final int MAX_KEY = 200;

    /// Instants outside are nonsense, and PostgreSQL could not keep them.
    private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    final UUID id;
    final Event event;
    final EventName name;
    final String stream;
    final long sequence;
    final byte[] payload;
    final Provenance provenance;
    final String commandKey;

    /// @throws IllegalArgumentException when the log could not keep it
    PreparedEvent(UUID id, Event event, long sequence, Provenance provenance, String commandKey) {
        this.id = id;
        this.event = event;
        this.name = EventNames.of(event.getClass());
        this.stream = event.stream();
        this.sequence = sequence;
        this.payload = EventJson.bytes(event);
        this.provenance = provenance;
        this.commandKey = commandKey;
        checkKey(commandKey);
        checkTime(event.at());
    }

    private static void checkKey(String key) {
        if (key.length() > MAX_KEY || !key.codePoints().allMatch(PreparedEvent::isStorable)) {
            throw new IllegalArgumentException(
                    "A command key has at most %d characters, none of them a control character"
                            .formatted(MAX_KEY));
        }
    }

    private static boolean isStorable(int codePoint) {
        return !Character.isISOControl(codePoint)
                && Character.getType(codePoint) != Character.SURROGATE;
    }

    private static void checkTime(Instant at) {
        if (at.isBefore(EARLIEST) || at.isAfter(LATEST)) {
            throw new IllegalArgumentException(at + " is not a time at which something happens");
        }
    }
}
