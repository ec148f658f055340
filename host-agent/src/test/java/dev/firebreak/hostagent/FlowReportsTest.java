package dev.firebreak.hostagent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.hostagent.deny.Flow;
import dev.firebreak.hostagent.deny.Prefix;
import dev.firebreak.hostagent.deny.View;
import dev.firebreak.hostagent.protocol.FromAgent.DeniedFlows;
import dev.firebreak.hostagent.protocol.FromAgent.WireFlow;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlowReportsTest {

    private final FlowReports reports = new FlowReports(100);

    @Test
    void a_batch_is_sent_again_until_it_is_stored() {
        reports.add(List.of(flow(3)), 0, 0);

        DeniedFlows first = reports.next(0).orElseThrow();
        reports.add(List.of(flow(4)), 0, 0);

        assertThat(reports.next(0)).isEmpty();
        assertThat(reports.again(0)).contains(first);
        reports.stored(99);
        assertThat(reports.again(0)).contains(first);
        reports.stored(100);
        assertThat(reports.again(0)).isEmpty();
        assertThat(reports.next(0).orElseThrow().sequence()).isEqualTo(101);
    }

    @Test
    void a_batch_that_nobody_acknowledged_is_sent_again_after_a_while() {
        reports.add(List.of(flow(3)), 0, 0);
        reports.next(0);
        long due = Duration.ofSeconds(10).toNanos();

        assertThat(reports.next(due - 1)).isEmpty();
        assertThat(reports.next(due).orElseThrow().sequence()).isEqualTo(100);
        assertThat(reports.next(due + 1)).isEmpty();
        assertThat(reports.next(2 * due).orElseThrow().sequence()).isEqualTo(100);
        reports.stored(100);
        assertThat(reports.next(3 * due)).isEmpty();
    }

    @Test
    void nothing_denied_is_nothing_to_say() {
        reports.add(List.of(), 0, 0);

        assertThat(reports.next(0)).isEmpty();
    }

    @Test
    void what_waits_grows_older() {
        reports.add(List.of(flow(1)), 0, 0);

        WireFlow aged =
                reports.next(Duration.ofSeconds(5).toNanos()).orElseThrow().flows().getFirst();

        assertThat(aged.firstAgoMillis()).isEqualTo(5_020);
        assertThat(aged.lastAgoMillis()).isEqualTo(5_010);
    }

    @Test
    void beyond_its_room_packets_are_declared_lost_to_the_last_one() {
        int beyond = 50;
        reports.add(Collections.nCopies(FlowReports.MOST_WAITING + beyond, flow(2)), 7, 0);

        long reported = 0;
        long lost = 0;
        for (var batch = reports.next(0); batch.isPresent(); batch = reports.next(0)) {
            reported += batch.get().flows().stream().mapToLong(WireFlow::packets).sum();
            lost += batch.get().lost();
            reports.stored(batch.get().sequence());
        }

        assertThat(lost).isEqualTo(7 + 2 * beyond);
        assertThat(reported + lost).isEqualTo(2L * (FlowReports.MOST_WAITING + beyond) + 7);
        assertThat(reports.lostInAll()).isEqualTo(lost);
    }

    @Test
    void a_fingerprint_tells_flows_apart_and_stays() {
        String one = FlowReports.fingerprint("d", "egress", "tcp", "10.0.0.1", 443);

        assertThat(one)
                .hasSize(16)
                .isEqualTo(FlowReports.fingerprint("d", "egress", "tcp", "10.0.0.1", 443));
        assertThat(one)
                .isNotEqualTo(FlowReports.fingerprint("d", "ingress", "tcp", "10.0.0.1", 443));
    }

    private static Flow flow(long packets) {
        return new Flow(
                "d",
                View.OPENED,
                6,
                Prefix.parse("10.0.0.1"),
                443,
                packets,
                60 * packets,
                Duration.ofMillis(20),
                Duration.ofMillis(10));
    }
}
