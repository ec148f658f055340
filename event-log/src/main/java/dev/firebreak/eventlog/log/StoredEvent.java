package dev.firebreak.eventlog.log;

import dev.firebreak.eventlog.term.ResponderName;
import dev.firebreak.eventlog.term.Surface;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/// One row of the log, its payload still the bytes that are stored. Times are in microseconds since
/// 1970, as exact as PostgreSQL keeps them.
record StoredEvent(
        long position,
        UUID id,
        String stream,
        long sequence,
        EventName name,
        Bytes payload,
        long validAt,
        long recordedAt,
        String actor,
        String surface,
        UUID correlation,
        UUID causation,
        String commandKey,
        Bytes hash) {

    /// Gives an event its place, and the hash that proves the place.
    static StoredEvent after(Head head, PreparedEvent event, Instant recordedAt) {
        var unproven =
                new StoredEvent(
                        head.position() + 1,
                        event.id,
                        event.stream,
                        event.sequence,
                        event.name,
                        new Bytes(event.payload),
                        micros(event.event.at()),
                        micros(recordedAt),
                        event.provenance.by().value(),
                        event.provenance.surface().name(),
                        event.provenance.correlation(),
                        event.provenance.causation(),
                        event.commandKey,
                        Bytes.NONE);
        return unproven.provenBy(RowHash.of(head.hash(), unproven));
    }

    Head head() {
        return new Head(position, hash);
    }

    /// What followers get. A row that this release cannot read keeps its place in the order.
    LogEntry entry(EventJson json) {
        try {
            var event = json.event(name, payload.array());
            return new LogEntry(position, id, event, provenance(), instant(recordedAt));
        } catch (EventJson.Unreadable unreadable) {
            return parked(String.valueOf(unreadable.getMessage()));
        } catch (IllegalArgumentException unreadable) {
            return parked("its provenance cannot be read: " + unreadable.getMessage());
        }
    }

    private LogEntry parked(String why) {
        var event =
                new UnreadableEvent(stream, name.name(), name.revision(), why, instant(validAt));
        return new LogEntry(position, id, event, Provenance.UNREADABLE, instant(recordedAt));
    }

    private Provenance provenance() {
        return new Provenance(
                new ResponderName(actor), Surface.valueOf(surface), correlation, causation);
    }

    private StoredEvent provenBy(Bytes proof) {
        return new StoredEvent(
                position,
                id,
                stream,
                sequence,
                name,
                payload,
                validAt,
                recordedAt,
                actor,
                surface,
                correlation,
                causation,
                commandKey,
                proof);
    }

    static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
