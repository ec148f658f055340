package dev.firebreak.eventlog.log;

import dev.firebreak.eventlog.term.ResponderName;
import dev.firebreak.eventlog.term.Surface;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.axonframework.messaging.MetaData;

/// How a [Provenance] and a command's key travel in Axon's messages on their way to the log.
public final class EventMetaData {

    private static final String BY = "by";
    private static final String SURFACE = "surface";
    private static final String CORRELATION = "correlation";
    private static final String CAUSATION = "causation";
    private static final String COMMAND_KEY = "commandKey";

    /// For a correlation data provider that carries them from a command to its events.
    public static final List<String> KEYS =
            List.of(BY, SURFACE, CORRELATION, CAUSATION, COMMAND_KEY);

    private EventMetaData() {}

    /// `commandKey` is what the sender calls its request, or empty. When several events of one
    /// append carry it, the log keeps it on the first.
    public static MetaData of(Provenance provenance, String commandKey) {
        return MetaData.from(
                Map.of(
                        BY, provenance.by().value(),
                        SURFACE, provenance.surface().name(),
                        CORRELATION, provenance.correlation().toString(),
                        CAUSATION, provenance.causation().toString(),
                        COMMAND_KEY, commandKey));
    }

    /// Reads it back.
    ///
    /// @throws IllegalStateException when the message does not say where it comes from
    public static Provenance provenance(MetaData metaData) {
        return new Provenance(
                new ResponderName(text(metaData, BY)),
                Surface.valueOf(text(metaData, SURFACE)),
                UUID.fromString(text(metaData, CORRELATION)),
                UUID.fromString(text(metaData, CAUSATION)));
    }

    /// Empty when there is none.
    public static String commandKey(MetaData metaData) {
        return metaData.get(COMMAND_KEY) instanceof String key ? key : "";
    }

    private static String text(MetaData metaData, String key) {
        if (metaData.get(key) instanceof String text) {
            return text;
        }
        throw new IllegalStateException(
                "no '" + key + "' in the event's metadata: " + metaData.keySet());
    }
}
