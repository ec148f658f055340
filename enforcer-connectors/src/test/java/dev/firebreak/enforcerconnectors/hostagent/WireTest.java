package dev.firebreak.enforcerconnectors.hostagent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firebreak.enforcerconnectors.enforcer.Receipt;
import dev.firebreak.enforcerconnectors.enforcer.Verification.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Both ends of the wire are tested against the same examples, which lie with the agent.
class WireTest {

    private static final Path EXAMPLES = Path.of("../host-agent/src/protocol");

    private static final Moment AT = new Moment("c", 1);

    private final Wire wire = new Wire();
    private final ObjectMapper json = new ObjectMapper();

    @ParameterizedTest
    @CsvSource({
        "hello, Hello",
        "receipt, PlanReceipt",
        "receipt-rejected, PlanReceipt",
        "verification, Verified",
        "observation, Observed",
        "heartbeat, Heartbeat",
        "repaired, Repaired",
        "denied-flows, DeniedFlows"
    })
    void what_an_agent_says_is_understood(String example, String kind) throws Exception {
        assertThat(wire.read(example(example)).getClass().getSimpleName()).isEqualTo(kind);
        assertThat(wire.unknownCount()).isZero();
    }

    @Test
    void a_hello_tells_what_its_host_never_denies_if_it_tells_its_law() throws Exception {
        var hello = (AgentFrame.Hello) wire.read(example("hello"));
        var silent =
                (AgentFrame.Hello)
                        wire.read(
                                "{\"type\":\"hello\",\"protocol\":1,\"law\":{\"neverDeny\":null}}");

        assertThat(hello.neverDeny()).containsExactly("10.0.0.5 8443/tcp", "10.0.0.53");
        assertThat(silent.neverDeny()).isEmpty();
    }

    @Test
    void an_applied_receipt_means_what_it_says() throws Exception {
        var frame = (AgentFrame.PlanReceipt) wire.read(example("receipt"));

        assertThat(frame.request()).isEqualTo(7);
        assertThat(frame.receipt())
                .isInstanceOfSatisfying(
                        Receipt.Applied.class,
                        applied -> {
                            assertThat(applied.generation()).isEqualTo(42);
                            assertThat(applied.denies()).hasSize(2);
                            assertThat(applied.denies().getFirst().isPresent()).isTrue();
                            assertThat(applied.denies().getLast().isPresent()).isFalse();
                        });
    }

    @Test
    void a_stale_plan_is_known_by_its_code() throws Exception {
        var frame = (AgentFrame.PlanReceipt) wire.read(example("receipt-rejected"));

        assertThat(frame.receipt())
                .isInstanceOfSatisfying(
                        Receipt.Rejected.class,
                        rejected -> assertThat(rejected.isStale()).isTrue());
    }

    @Test
    void a_probe_keeps_its_verdict() throws Exception {
        var frame = (AgentFrame.Verified) wire.read(example("verification"));

        assertThat(frame.verification().probes())
                .extracting(probe -> probe.verdict())
                .containsExactly(Verdict.DENIED, Verdict.NOT_POSSIBLE);
    }

    @Test
    void what_an_agent_put_right_is_never_less_than_it_names() throws Exception {
        var frame =
                wire.read(
                        """
                        {"type":"repaired","differences":-3,"count":-1,"denies":["C-0000123"]}\
                        """);

        assertThat(frame).isEqualTo(new AgentFrame.Repaired(0, 1, List.of("C-0000123")));
    }

    @Test
    void what_we_say_has_exactly_the_fields_of_the_examples() throws Exception {
        var plan = new ServiceFrame.Plan(7, 42, false, 0, 1, List.of(), List.of("C-0000001"), AT);

        assertThat(fields(wire.write(plan))).isEqualTo(fields(example("plan")));
        assertThat(fields(wire.write(new ServiceFrame.Observe(8))))
                .isEqualTo(fields(example("observe")));
        assertThat(fields(wire.write(new ServiceFrame.Welcome(1, 10_000, AT))))
                .isEqualTo(fields(example("welcome")));
        assertThat(fields(wire.write(new ServiceFrame.Tick(AT))))
                .isEqualTo(fields(example("tick")));
        assertThat(fields(wire.write(new ServiceFrame.FlowsStored(17))))
                .isEqualTo(fields(example("flows-stored")));
        assertThat(fields(wire.write(new ServiceFrame.Renew())))
                .isEqualTo(fields(example("renew")));
    }

    @Test
    void what_is_unknown_is_skipped_and_counted() throws Exception {
        assertThat(wire.read("{\"type\":\"weather\",\"sun\":true}"))
                .isEqualTo(new AgentFrame.Unrecognised("weather"));
        wire.read(
                """
                {"type":"heartbeat","generation":1,"count":0,"digest":"","deniedPackets":0,
                 "lostFlows":0,"mood":{"good":[1,2]}}\
                """);

        assertThat(wire.unknownCount()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "7",
                "[]",
                "{}",
                "{\"type\":7}",
                "{\"type\":\"heartbeat\"",
                "{\"type\":\"heartbeat\"} {}",
                "{\"type\":\"heartbeat\",\"generation\":\"soon\"}",
                "{\"type\":\"receipt\",\"generation\":1}",
                "{\"type\":\"receipt\",\"generation\":1,\"outcome\":\"perhaps\"}",
                "{\"type\":\"observation\",\"denies\":[{\"id\":\"C-0000001\"}]}",
                "{\"type\":\"observation\",\"denies\":[{\"state\":\"held\"}]}",
                "{\"type\":\"observation\",\"denies\":[null]}",
                "{\"type\":\"verification\",\"denies\":[{\"id\":\"a\",\"probe\":\"dunno\"}]}",
                "{\"type\":\"denied-flows\",\"flows\":[{\"port\":443}]}",
                "{\"type\":\"heartbeat\",\"type\":\"hello\"}"
            })
    void what_is_malformed_is_refused_with_one_plain_line(String text) {
        assertThatThrownBy(() -> wire.read(text))
                .isInstanceOf(MalformedFrame.class)
                .message()
                .isNotBlank()
                .doesNotContain("\n");
    }

    @Test
    void depth_is_bounded() {
        var deep = "{\"type\":\"weather\",\"a\":" + "[".repeat(200) + "]".repeat(200) + "}";

        assertThatThrownBy(() -> wire.read(deep)).isInstanceOf(MalformedFrame.class);
    }

    private Set<String> fields(String text) throws IOException {
        JsonNode tree = json.readTree(text);
        var names = new TreeSet<String>();
        tree.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static String example(String name) throws IOException {
        return Files.readString(EXAMPLES.resolve(name + ".json"));
    }
}
