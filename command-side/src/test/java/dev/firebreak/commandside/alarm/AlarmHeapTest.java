package dev.firebreak.commandside.alarm;

import static dev.firebreak.commandside.Cast.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.commandside.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AlarmHeapTest {

    private final AlarmHeap heap = new AlarmHeap();

    @Test
    void an_alarm_is_due_at_its_instant_and_not_before() {
        heap.set("a", NOON, AlarmHeapTest::nothing);

        assertThat(heap.due(NOON.minusNanos(1))).isEmpty();
        assertThat(heap.due(NOON)).extracting(AlarmHeap.Alarm::name).containsExactly("a");
        assertThat(heap.due(NOON)).isEmpty();
    }

    @Test
    void an_alarm_set_again_moves() {
        heap.set("a", NOON, AlarmHeapTest::nothing);
        heap.set("a", NOON.plusSeconds(9), AlarmHeapTest::nothing);

        assertThat(heap.due(NOON.plusSeconds(8))).isEmpty();
        assertThat(heap.next()).contains(NOON.plusSeconds(9));
        assertThat(heap.size()).isOne();
    }

    @Test
    void a_cancelled_alarm_does_not_ring_and_cancelling_twice_is_nothing() {
        heap.set("a", NOON, AlarmHeapTest::nothing);
        heap.cancel("a");
        heap.cancel("a");

        assertThat(heap.due(NOON)).isEmpty();
        assertThat(heap.next()).isEmpty();
    }

    @Test
    void alarms_ring_in_the_order_of_their_time_and_then_of_being_set() {
        heap.set("c", NOON.plusSeconds(1), AlarmHeapTest::nothing);
        heap.set("a", NOON, AlarmHeapTest::nothing);
        heap.set("b", NOON, AlarmHeapTest::nothing);

        assertThat(heap.due(NOON.plusSeconds(5)))
                .extracting(AlarmHeap.Alarm::name)
                .containsExactly("a", "b", "c");
    }

    @Test
    void ten_thousand_alarms_and_a_clock_that_jumps_ring_once_each_and_never_early() {
        var random = new Random(9);
        var clock = new SettableClock(NOON);
        var end = NOON.plus(Duration.ofHours(2));
        var wanted = new HashMap<String, Instant>();
        for (var i = 0; i < 10_000; i++) {
            var at = NOON.plusMillis(random.nextInt(7_200_000));
            heap.set("alarm-" + i, at, AlarmHeapTest::nothing);
            wanted.put("alarm-" + i, at);
        }
        while (clock.instant().isBefore(end)) {
            // Mostly onwards, at times an hour forward or back.
            switch (random.nextInt(50)) {
                case 0 -> clock.pass(Duration.ofHours(-1));
                case 1 -> clock.pass(Duration.ofHours(1));
                default -> clock.pass(Duration.ofMillis(random.nextInt(90_000)));
            }
            for (var alarm : heap.due(clock.instant())) {
                assertThat(wanted.remove(alarm.name()))
                        .as("rings once, and not before its time")
                        .isBeforeOrEqualTo(clock.instant());
            }
        }

        assertThat(wanted).isEmpty();
    }

    private static void nothing() {}
}
