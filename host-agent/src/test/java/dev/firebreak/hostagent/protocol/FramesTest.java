package dev.firebreak.hostagent.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firebreak.hostagent.deny.Deny;
import dev.firebreak.hostagent.deny.Direction;
import dev.firebreak.hostagent.deny.Malformed;
import dev.firebreak.hostagent.deny.PortRange;
import dev.firebreak.hostagent.deny.Protocol;
import dev.firebreak.hostagent.deny.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The examples that both sides of the protocol test against.
class FramesTest {

    private static final Path EXAMPLES = Path.of("src/protocol");
    private static final Map<String, Class<? extends FromAgent>> SPOKEN =
            Map.of(
                    "hello", FromAgent.Hello.class,
                    "receipt", FromAgent.Receipt.class,
                    "receipt-rejected", FromAgent.Receipt.class,
                    "verification", FromAgent.Verification.class,
                    "observation", FromAgent.Observation.class,
                    "heartbeat", FromAgent.Heartbeat.class,
                    "denied-flows", FromAgent.DeniedFlows.class,
                    "repaired", FromAgent.Repaired.class);

    private final JsonMapper plain = new JsonMapper();
    private final Frames frames = new Frames();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello",
                "receipt",
                "receipt-rejected",
                "verification",
                "observation",
                "heartbeat",
                "denied-flows",
                "repaired"
            })
    void what_the_agent_says_is_written_exactly_like_its_example(String name) throws IOException {
        JsonNode example = plain.readTree(example(name));
        ObjectNode body = example.deepCopy();
        body.remove("type");

        FromAgent frame = plain.treeToValue(body, SPOKEN.get(name));

        assertThat(plain.readTree(frames.write(frame))).isEqualTo(example);
    }

    @ParameterizedTest
    @ValueSource(strings = {"welcome", "tick", "plan", "observe", "flows-stored", "renew"})
    void what_the_service_says_is_understood_whole(String name) throws IOException {
        FromService frame = frames.read(example(name));

        assertThat(frame).isNotInstanceOf(FromService.Unknown.class);
        assertThat(frames.ignored()).isZero();
        ObjectNode written = plain.valueToTree(frame);
        written.put("type", name);
        assertThat(withoutNulls(written)).isEqualTo(plain.readTree(example(name)));
    }

    @Test
    void the_denies_of_the_example_plan_mean_what_they_say() throws IOException {
        var plan = (FromService.Plan) frames.read(example("plan"));

        Deny first = plan.put().get(0).read();
        Deny second = plan.put().get(1).read();

        assertThat(first.remaining()).isEqualTo(Duration.ofMinutes(30));
        assertThat(first.subjects())
                .containsExactly(new Subject.Cgroup("/system.slice/checkout.service"));
        assertThat(first.entriesOfOne()).isEqualTo(8);
        assertThat(second.subjects()).containsExactly(new Subject.Host());
        assertThat(second.direction()).isEqualTo(Direction.EGRESS);
        assertThat(second.ports())
                .containsExactly(
                        new PortRange(Protocol.UDP, 53, 53),
                        new PortRange(Protocol.ICMP, 0, 65535));
        assertThat(WireDeny.of(first).read()).isEqualTo(first);
        assertThat(WireDeny.of(second).read()).isEqualTo(second);
    }

    @Test
    void unknown_types_and_fields_are_ignored_and_counted() {
        assertThat(frames.read("{\"type\":\"dance\"}")).isEqualTo(new FromService.Unknown("dance"));
        assertThat(frames.read("{\"type\":\"flows-stored\",\"sequence\":3,\"mood\":{\"a\":[1]}}"))
                .isEqualTo(new FromService.FlowsStored(3));
        assertThat(frames.ignored()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "1",
                "{",
                "{\"type\":\"plan\",\"put\":7}",
                "{\"type\":\"observe\"} x",
                "{\"type\":\"plan\",\"generation\":\"many\"}",
                "{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":1}}}}}}}}}}}}}}}}}"
            })
    void what_is_no_frame_is_refused(String text) {
        assertThatThrownBy(() -> frames.read(text)).isInstanceOf(Malformed.class);
    }

    @Test
    void a_frame_beyond_a_mebibyte_is_refused_unread() {
        String huge = "{\"type\":\"observe\",\"x\":\"" + "x".repeat(Frames.LARGEST_FRAME) + "\"}";

        assertThatThrownBy(() -> frames.read(huge)).isInstanceOf(Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"id\":\"d\"}",
                "{\"id\":\"d\",\"remainingMillis\":1000,\"direction\":\"both\",\"subjects\":[]}",
                "{\"id\":\"d\",\"remainingMillis\":0,\"direction\":\"both\",\"subjects\":[{\"host\":true}]}",
                "{\"id\":\"d\",\"remainingMillis\":1000,\"direction\":\"up\",\"subjects\":[{\"host\":true}]}",
                "{\"id\":\"d\",\"remainingMillis\":1000,\"direction\":\"both\",\"subjects\":[{\"host\":true,\"cgroup\":\"/a\"}]}",
                "{\"id\":\"d\",\"remainingMillis\":1000,\"direction\":\"both\",\"subjects\":[{}]}",
                "{\"id\":\"d\",\"remainingMillis\":1000,\"direction\":\"both\",\"subjects\":[null]}",
                "{\"id\":\"d\",\"remainingMillis\":1000,\"direction\":\"both\",\"subjects\":[{\"host\":true}],\"ports\":[{\"protocol\":\"icmp\",\"from\":1}]}",
                "{\"id\":\"d d\",\"remainingMillis\":1000,\"direction\":\"both\",\"subjects\":[{\"host\":true}]}"
            })
    void a_deny_that_makes_no_sense_is_refused(String json) throws IOException {
        WireDeny wire = frames.json().readValue(json, WireDeny.class);

        assertThatThrownBy(wire::read).isInstanceOf(Malformed.class);
    }

    private static String example(String name) throws IOException {
        return Files.readString(EXAMPLES.resolve(name + ".json"));
    }

    private JsonNode withoutNulls(JsonNode node) throws IOException {
        JsonMapper sparing =
                JsonMapper.builder()
                        .defaultPropertyInclusion(
                                com.fasterxml.jackson.annotation.JsonInclude.Value.construct(
                                        com.fasterxml.jackson.annotation.JsonInclude.Include
                                                .NON_NULL,
                                        com.fasterxml.jackson.annotation.JsonInclude.Include
                                                .NON_NULL))
                        .build();
        return prune(sparing.readTree(node.toString()));
    }

    private static JsonNode prune(JsonNode node) {
        if (node instanceof ObjectNode object) {
            var names = new java.util.ArrayList<String>();
            object.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                JsonNode child = object.get(name);
                boolean falseHost = name.equals("host") && child.isBoolean() && !child.asBoolean();
                if (child.isNull() || falseHost) {
                    object.remove(name);
                } else {
                    prune(child);
                }
            }
        } else {
            node.forEach(FramesTest::prune);
        }
        return node;
    }
}
