package dev.firebreak.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ContestTest {

    private static final int ROUNDS = Contest.FEWEST_ROUNDS;

    @Test
    void contestants_take_turns_and_another_begins_each_round() throws Exception {
        var turns = new ArrayList<String>();
        new Contest()
                .with("floor", () -> turn(turns, "floor"))
                .with("ours", () -> turn(turns, "ours"))
                .run(ROUNDS);

        assertThat(turns.subList(0, 6))
                .containsExactly("floor", "ours", "floor", "ours", "ours", "floor");
    }

    @Test
    void the_turn_that_warms_up_is_not_counted() throws Exception {
        var turn = new AtomicInteger();
        var scores =
                new Contest().with("ours", () -> Sample.of(turn.getAndIncrement())).run(ROUNDS);

        assertThat(scores.of("ours")).hasSize(ROUNDS);
        assertThat(scores.of("ours").getFirst().value()).isEqualTo(1);
    }

    @Test
    void ratios_are_taken_within_a_round_and_not_of_the_medians() throws Exception {
        // Both slow down together, as on a machine that gets busy: the ratio does not notice.
        var floor = new AtomicInteger();
        var ours = new AtomicInteger();
        var scores =
                new Contest()
                        .with("floor", () -> Sample.of(100.0 / (1 + floor.getAndIncrement())))
                        .with("ours", () -> Sample.of(200.0 / (1 + ours.getAndIncrement())))
                        .run(ROUNDS);

        assertThat(scores.ratio("ours", "floor")).isEqualTo(new Quartiles(2, 2, 2));
    }

    @Test
    void times_of_all_rounds_come_together() throws Exception {
        var scores = new Contest().with("ours", () -> timed(1_000_000)).run(ROUNDS);

        assertThat(scores.times("ours").getTotalCount()).isEqualTo(ROUNDS);
        assertThat(Sample.millis(scores.times("ours"), 99)).isBetween(0.99, 1.01);
    }

    @Test
    void fewer_rounds_than_say_something_are_refused() {
        assertThatThrownBy(() -> new Contest().run(ROUNDS - 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Sample turn(List<String> turns, String name) {
        turns.add(name);
        return Sample.of(1);
    }

    private static Sample timed(long nanos) {
        var times = Sample.histogram();
        times.recordValue(nanos);
        return new Sample(1, times);
    }
}
