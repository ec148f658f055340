package dev.firebreak.hostagent.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firebreak.hostagent.deny.Malformed;
import java.util.concurrent.atomic.AtomicLong;

/// Frames to JSON and back. The type is a name from a closed list, never a class.
public final class Frames {

    public static final int PROTOCOL = 1;
    public static final int LARGEST_FRAME = 1 << 20;
    private static final int DEEPEST = 16;

    private final AtomicLong ignored = new AtomicLong();
    private final JsonMapper json =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(DEEPEST)
                                                    .maxDocumentLength(LARGEST_FRAME)
                                                    .build())
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .addHandler(new CountUnknown(ignored))
                    .defaultPropertyInclusion(
                            JsonInclude.Value.construct(
                                    JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
                    .build();

    /// Unknown types and fields met so far.
    public long ignored() {
        return ignored.get();
    }

    /// Reads a frame, or throws {@link Malformed} for what is none.
    public FromService read(String text) {
        if (text.length() > LARGEST_FRAME) {
            throw new Malformed("a frame of " + text.length() + " characters");
        }
        try {
            if (!(json.readTree(text) instanceof ObjectNode node)) {
                throw new Malformed("a frame that is no object");
            }
            JsonNode type = node.remove("type");
            FromService frame = read(type == null ? "" : type.asText(), node);
            if (frame == null) {
                throw new Malformed("an empty frame");
            }
            return frame;
        } catch (JsonProcessingException e) {
            throw new Malformed("not a frame: " + e.getOriginalMessage());
        }
    }

    private FromService read(String type, ObjectNode node) throws JsonProcessingException {
        return switch (type) {
            case "welcome" -> json.treeToValue(node, FromService.Welcome.class);
            case "tick" -> json.treeToValue(node, FromService.Tick.class);
            case "plan" -> json.treeToValue(node, FromService.Plan.class);
            case "observe" -> json.treeToValue(node, FromService.Observe.class);
            case "flows-stored" -> json.treeToValue(node, FromService.FlowsStored.class);
            case "renew" -> new FromService.Renew();
            default -> {
                ignored.incrementAndGet();
                yield new FromService.Unknown(type);
            }
        };
    }

    public String write(FromAgent frame) {
        ObjectNode node = json.createObjectNode();
        node.put("type", type(frame));
        node.setAll((ObjectNode) json.valueToTree(frame));
        return node.toString();
    }

    private static String type(FromAgent frame) {
        return switch (frame) {
            case FromAgent.Hello _ -> "hello";
            case FromAgent.Receipt _ -> "receipt";
            case FromAgent.Verification _ -> "verification";
            case FromAgent.Observation _ -> "observation";
            case FromAgent.Heartbeat _ -> "heartbeat";
            case FromAgent.DeniedFlows _ -> "denied-flows";
            case FromAgent.Repaired _ -> "repaired";
        };
    }

    /// For state files and enrolment, which share the rules for numbers, depth and unknown fields.
    public JsonMapper json() {
        return json;
    }

    private static final class CountUnknown extends DeserializationProblemHandler {
        private final AtomicLong count;

        CountUnknown(AtomicLong count) {
            this.count = count;
        }

        @Override
        public boolean handleUnknownProperty(
                DeserializationContext context,
                JsonParser parser,
                JsonDeserializer<?> deserializer,
                Object target,
                String property)
                throws java.io.IOException {
            count.incrementAndGet();
            parser.skipChildren();
            return true;
        }
    }
}
