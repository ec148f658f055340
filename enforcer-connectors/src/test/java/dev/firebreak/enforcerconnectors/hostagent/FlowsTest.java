package dev.firebreak.enforcerconnectors.hostagent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.eventlog.event.flow.DeniedFlow;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.Direction;
import dev.firebreak.eventlog.term.EnforcerName;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlowsTest {

    private static final EnforcerName WEB_1 = EnforcerName.parse("host/web-1");
    private static final Instant NOW = Instant.parse("2026-11-23T03:00:00Z");

    @Test
    void ago_becomes_when_by_our_clock() {
        var seen = Flows.seen(WEB_1, "boot-1", batch(flow("C-0000001", "egress", 443)), NOW);

        assertThat(seen.flows())
                .containsExactly(
                        new DeniedFlow(
                                new ContainmentId("C-0000001"),
                                Direction.EGRESS,
                                "tcp",
                                "203.0.113.7",
                                443,
                                5,
                                300,
                                NOW.minusMillis(900),
                                NOW.minusMillis(20),
                                "8f1d"));
        assertThat(seen.lost()).isEqualTo(2);
    }

    @Test
    void what_does_not_fit_is_counted_and_never_dropped_in_silence() {
        var seen =
                Flows.seen(
                        WEB_1,
                        "boot-1",
                        batch(
                                flow("no containment", "egress", 443),
                                flow("C-0000001", "sideways", 443),
                                flow("C-0000001", "egress", 70_000)),
                        NOW);

        assertThat(seen.flows()).isEmpty();
        assertThat(seen.lost()).isEqualTo(2 + 3 * 5);
    }

    @Test
    void a_batch_is_the_same_event_however_often_it_comes() {
        assertThat(Flows.id(WEB_1, "boot-1", 7)).isEqualTo(Flows.id(WEB_1, "boot-1", 7));
        assertThat(Flows.id(WEB_1, "boot-1", 7)).isNotEqualTo(Flows.id(WEB_1, "boot-1", 8));
        assertThat(Flows.id(WEB_1, "boot-1", 7)).isNotEqualTo(Flows.id(WEB_1, "boot-2", 7));
    }

    private static AgentFrame.DeniedFlows batch(AgentFrame.Flow... flows) {
        return new AgentFrame.DeniedFlows(7, List.of(flows), 2);
    }

    private static AgentFrame.Flow flow(String deny, String direction, int port) {
        return new AgentFrame.Flow(
                deny, direction, "tcp", "203.0.113.7", port, 5, 300, 900, 20, "8f1d");
    }
}
