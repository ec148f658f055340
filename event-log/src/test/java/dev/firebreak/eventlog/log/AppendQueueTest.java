package dev.firebreak.eventlog.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.eventlog.log.Append.Lane;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AppendQueueTest {

    private final AppendQueue queue = new AppendQueue();

    @Test
    void decisions_go_before_telemetry_that_came_earlier() throws InterruptedException {
        var telemetry = put(Lane.TELEMETRY, 1);
        var decision = put(Lane.DECISION, 1);

        assertThat(take()).containsExactly(decision, telemetry);
    }

    @Test
    void a_flood_of_telemetry_gets_a_small_share_of_each_batch() throws InterruptedException {
        for (var i = 0; i < 500; i++) {
            put(Lane.TELEMETRY, 1);
        }

        assertThat(take()).hasSize(AppendQueue.MAX_TELEMETRY_PER_BATCH);
    }

    @Test
    void telemetry_is_not_starved_by_decisions() throws InterruptedException {
        var telemetry = put(Lane.TELEMETRY, 1);
        for (var i = 0; i < AppendQueue.MAX_EVENTS_PER_BATCH + 1; i++) {
            put(Lane.DECISION, 1);
        }

        assertThat(take()).hasSize(AppendQueue.MAX_EVENTS_PER_BATCH + 1).contains(telemetry);
    }

    @Test
    void a_large_append_has_a_batch_of_its_own_and_is_never_cut() throws InterruptedException {
        put(Lane.DECISION, 1);
        var large = put(Lane.DECISION, AppendQueue.MAX_EVENTS_PER_BATCH + 1);

        assertThat(take()).hasSize(1);
        assertThat(take()).containsExactly(large);
    }

    @Test
    void a_full_lane_lets_nobody_in_and_the_other_lane_is_not_full() throws InterruptedException {
        for (var i = 0; i < AppendQueue.MAX_WAITING_PER_LANE; i++) {
            put(Lane.TELEMETRY, 1);
        }

        assertThat(queue.offer(append(Lane.TELEMETRY, 1), Duration.ZERO)).isFalse();
        assertThat(queue.offer(append(Lane.DECISION, 1), Duration.ZERO)).isTrue();
    }

    @Test
    void what_waits_can_be_taken_back_and_what_is_under_way_cannot() throws InterruptedException {
        var first = put(Lane.DECISION, 1);
        assertThat(queue.withdraw(first)).isTrue();
        assertThat(take()).isEmpty();

        var second = put(Lane.DECISION, 1);
        assertThat(take()).containsExactly(second);
        assertThat(queue.withdraw(second)).isFalse();
    }

    @Test
    void a_closed_queue_hands_out_what_waits_and_takes_nothing_more() throws InterruptedException {
        put(Lane.DECISION, 1);
        queue.close();

        assertThat(queue.offer(append(Lane.DECISION, 1), Duration.ZERO)).isFalse();
        assertThat(queue.awaitWork()).isTrue();
        assertThat(take()).hasSize(1);
        assertThat(queue.awaitWork()).isFalse();
    }

    private List<Append> take() throws InterruptedException {
        return queue.take(1, Duration.ZERO);
    }

    private Append put(Lane lane, int events) throws InterruptedException {
        var append = append(lane, events);
        assertThat(queue.offer(append, Duration.ZERO)).isTrue();
        return append;
    }

    private static Append append(Lane lane, int events) {
        var one = new PreparedEvent(UUID.randomUUID(), Samples.silent("a"), 0, Samples.byAnn(), "");
        return new Append(Stream.generate(() -> one).limit(events).toList(), lane);
    }
}
