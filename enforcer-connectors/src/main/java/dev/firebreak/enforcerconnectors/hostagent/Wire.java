package dev.firebreak.enforcerconnectors.hostagent;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firebreak.enforcerconnectors.hostagent.ServiceFrame.PortSpan;
import dev.firebreak.enforcerconnectors.hostagent.ServiceFrame.Whom;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Frames to text and back. What it does not know it skips and counts; what it knows must be right.
final class Wire {

    static final int PROTOCOL = 1;

    /// 1 MiB, both ways.
    static final int MAX_FRAME_BYTES = 1 << 20;

    private static final int MAX_DEPTH = 16;
    private static final int MAX_TEXT = 16_384;

    private final LongAdder unknown = new LongAdder();
    private final ObjectMapper mapper = mapper();

    String write(ServiceFrame frame) {
        return json(frame);
    }

    /// The first plan that is written takes tens of milliseconds: so it is one that nobody is sent.
    void warmUp() {
        var subjects = List.of(new Whom(true, null));
        var ports = List.of(new PortSpan("tcp", 1, 1));
        var deny = new ServiceFrame.Deny("", 1, subjects, "egress", List.of(), ports);
        var _ =
                write(
                        new ServiceFrame.Plan(
                                1, 1, false, 1, 0, List.of(deny), List.of(), new Moment("", 0)));
    }

    String json(Object body) {
        try {
            return mapper.writeValueAsString(body);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("Our own words must be writable: " + body, broken);
        }
    }

    AgentFrame read(String text) throws MalformedFrame {
        try {
            var tree = mapper.readTree(text);
            return frame(type(tree), tree);
        } catch (JsonProcessingException malformed) {
            throw malformed(malformed);
        }
    }

    <T> T read(byte[] body, Class<T> kind) throws MalformedFrame {
        try {
            @Nullable T read = mapper.readValue(mapper.createParser(body), kind); // of "null"
            if (read == null) {
                throw new MalformedFrame("A JSON object is needed, and there is none.");
            }
            return read;
        } catch (JsonProcessingException malformed) {
            throw malformed(malformed);
        } catch (java.io.IOException broken) {
            throw new IllegalStateException("A byte array cannot fail to be read", broken);
        }
    }

    /// How many unknown types and fields have been skipped.
    long unknownCount() {
        return unknown.sum();
    }

    private AgentFrame frame(String type, JsonNode tree) throws JsonProcessingException {
        return switch (type) {
            case "hello" -> mapper.treeToValue(tree, AgentFrame.Hello.class);
            case "receipt" -> mapper.treeToValue(tree, AgentFrame.PlanReceipt.class);
            case "verification" -> mapper.treeToValue(tree, AgentFrame.Verified.class);
            case "observation" -> mapper.treeToValue(tree, AgentFrame.Observed.class);
            case "heartbeat" -> mapper.treeToValue(tree, AgentFrame.Heartbeat.class);
            case "repaired" -> mapper.treeToValue(tree, AgentFrame.Repaired.class);
            case "denied-flows" -> mapper.treeToValue(tree, AgentFrame.DeniedFlows.class);
            default -> {
                unknown.increment();
                yield new AgentFrame.Unrecognised(type);
            }
        };
    }

    /// Takes the type out, so that it is not counted among what is unknown.
    private static String type(JsonNode tree) throws MalformedFrame {
        var type = tree.path("type");
        if (!(tree instanceof ObjectNode object) || !type.isTextual()) {
            throw new MalformedFrame("A frame is a JSON object with a type.");
        }
        object.remove("type");
        return type.textValue();
    }

    private static MalformedFrame malformed(JsonProcessingException problem) {
        var where = problem.getLocation();
        var place =
                where == null
                        ? ""
                        : " at line %d, column %d"
                                .formatted(where.getLineNr(), where.getColumnNr());
        return new MalformedFrame(
                Texts.line("The frame was not understood%s%s.".formatted(place, field(problem))));
    }

    /// Which field it was; Jackson's own words would name our classes.
    private static String field(JsonProcessingException problem) {
        if (!(problem instanceof JsonMappingException mapping)) {
            return "";
        }
        var path =
                mapping.getPath().stream()
                        .map(Reference::getFieldName)
                        .filter(Objects::nonNull)
                        .collect(Collectors.joining("."));
        return path.isEmpty() ? "" : ", in '" + path + "'";
    }

    private ObjectMapper mapper() {
        var factory =
                JsonFactory.builder()
                        .streamReadConstraints(
                                StreamReadConstraints.builder()
                                        .maxNestingDepth(MAX_DEPTH)
                                        .maxStringLength(MAX_TEXT)
                                        .maxDocumentLength(MAX_FRAME_BYTES)
                                        .build())
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .build();
        return JsonMapper.builder(factory)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                .addHandler(new Counting())
                .build();
    }

    private final class Counting extends DeserializationProblemHandler {
        @Override
        public boolean handleUnknownProperty(
                DeserializationContext context,
                JsonParser parser,
                JsonDeserializer<?> deserializer,
                Object target,
                String name)
                throws java.io.IOException {
            unknown.increment();
            parser.skipChildren();
            return true;
        }
    }
}
