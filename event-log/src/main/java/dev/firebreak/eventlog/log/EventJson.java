package dev.firebreak.eventlog.log;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import dev.firebreak.eventlog.event.Event;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Events as JSON: the same record always gives the same bytes, and only exactly what a record
/// holds is read back. No type names in the JSON, so no text can choose a class.
final class EventJson {

    /// Also what the log takes at most for one event.
    static final int MAX_BYTES = 1 << 20;

    private static final int MAX_DEPTH = 32;
    private static final int MAX_NUMBER_DIGITS = 40;

    private static final JsonMapper MAPPER =
            JsonMapper.builder(factory())
                    .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                    .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
                    .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                    .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                    .visibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
                    .withCoercionConfigDefaults(
                            all -> all.setCoercion(CoercionInputShape.Float, CoercionAction.Fail))
                    .addModule(instants())
                    .build();

    private final Upcasters upcasters;

    EventJson(Upcasters upcasters) {
        this.upcasters = upcasters;
    }

    /// @throws IllegalArgumentException when the log could not give it back: what cannot be read
    ///   would stand in the way of everybody for ever
    static byte[] bytes(Event event) {
        try {
            var bytes = MAPPER.writeValueAsBytes(event);
            if (bytes.length > MAX_BYTES) {
                throw new IllegalArgumentException(
                        "%s of %s has %d bytes; the log takes at most %d for one event"
                                .formatted(
                                        EventNames.of(event.getClass()),
                                        event.stream(),
                                        bytes.length,
                                        MAX_BYTES));
            }
            if (!event.equals(MAPPER.readValue(bytes, event.getClass()))) {
                throw new IllegalArgumentException("not the same when it is read back: " + event);
            }
            return bytes;
        } catch (IOException broken) {
            throw new IllegalArgumentException("cannot be kept as JSON: " + event, broken);
        }
    }

    /// @throws Unreadable with a sentence that says why
    Event event(EventName name, byte[] json) throws Unreadable {
        try {
            if (upcasters.concern(name)) {
                var lifted = upcasters.lift(name, object(json));
                return MAPPER.treeToValue(lifted.json(), record(lifted.name()));
            }
            @Nullable Event event = MAPPER.readValue(json, record(name)); // of the text "null"
            if (event == null) {
                throw new Unreadable(name + " is not a JSON object");
            }
            return event;
        } catch (IOException | IllegalArgumentException | IllegalStateException broken) {
            throw new Unreadable(name + " cannot be read: " + firstLine(broken));
        }
    }

    /// An event of the log that this release does not understand.
    static final class Unreadable extends Exception {
        Unreadable(String sentence) {
            super(sentence);
        }
    }

    private static Class<? extends Event> record(EventName name) throws Unreadable {
        return EventNames.record(name)
                .orElseThrow(() -> new Unreadable(name + " is not known to this release"));
    }

    private static ObjectNode object(byte[] json) throws IOException, Unreadable {
        JsonNode node = MAPPER.readTree(json);
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw new Unreadable("not a JSON object");
    }

    private static String firstLine(Exception broken) {
        return String.valueOf(broken.getMessage()).lines().findFirst().orElse("no reason given");
    }

    private static JsonFactory factory() {
        return JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .streamReadConstraints(
                        StreamReadConstraints.builder()
                                .maxDocumentLength(MAX_BYTES)
                                .maxStringLength(MAX_BYTES)
                                .maxNestingDepth(MAX_DEPTH)
                                .maxNumberLength(MAX_NUMBER_DIGITS)
                                .build())
                .build();
    }

    private static SimpleModule instants() {
        return new SimpleModule("instants")
                .addSerializer(
                        new StdScalarSerializer<>(Instant.class) {
                            @Override
                            public void serialize(
                                    Instant instant, JsonGenerator to, SerializerProvider context)
                                    throws IOException {
                                to.writeString(instant.toString());
                            }
                        })
                .addDeserializer(
                        Instant.class,
                        new StdScalarDeserializer<>(Instant.class) {
                            @Override
                            public Instant deserialize(
                                    JsonParser from, DeserializationContext context)
                                    throws IOException {
                                try {
                                    return Instant.parse(from.getText());
                                } catch (DateTimeException _) {
                                    return (Instant)
                                            context.handleWeirdStringValue(
                                                    Instant.class,
                                                    from.getText(),
                                                    "not an ISO-8601 instant");
                                }
                            }
                        });
    }
}
