package dev.firebreak.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.bench.soak.Ledger.Entry;
import java.util.List;
import org.junit.jupiter.api.Test;

class LossesTest {

    private static final Entry FIRST = new Entry("soak-a-1", "workload/soak/a-1");
    private static final Entry SECOND = new Entry("soak-a-2", "containment/C-7F3K9QX");

    @Test
    void what_is_in_the_log_once_is_not_lost() {
        assertThat(Losses.between(List.of(FIRST, SECOND), List.of(SECOND, FIRST))).isEmpty();
    }

    @Test
    void the_log_may_hold_more_than_was_acknowledged() {
        assertThat(Losses.between(List.of(FIRST), List.of(FIRST, SECOND))).isEmpty();
    }

    @Test
    void an_acknowledged_command_that_is_not_in_the_log_is_lost() {
        assertThat(Losses.between(List.of(FIRST, SECOND), List.of(FIRST)))
                .singleElement()
                .asString()
                .contains("not in the log", SECOND.key());
    }

    @Test
    void a_command_that_happened_twice_is_a_violation_too() {
        assertThat(Losses.between(List.of(FIRST), List.of(FIRST, FIRST)))
                .singleElement()
                .asString()
                .contains("2 times");
    }

    @Test
    void a_key_that_answers_for_something_else_is_a_violation_too() {
        var elsewhere = new Entry(FIRST.key(), SECOND.stream());

        assertThat(Losses.between(List.of(FIRST), List.of(elsewhere)))
                .singleElement()
                .asString()
                .contains(FIRST.stream(), SECOND.stream());
    }
}
