package dev.firebreak.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TicksTest {

    @Test
    void own_ticks_and_those_of_ended_children_are_added() {
        var stat = "42 (java) S 1 42 42 0 -1 4194560 9 0 0 0 100 20 3 4 20 0 33 0 555 1 2";

        assertThat(Load.Ticks.of(stat)).isEqualTo(127);
    }

    @Test
    void a_name_with_spaces_and_brackets_does_not_shift_the_fields() {
        var stat = "42 (a) b (c) S 1 42 42 0 -1 4194560 9 0 0 0 100 20 3 4 20 0 33 0 555 1 2";

        assertThat(Load.Ticks.of(stat)).isEqualTo(127);
    }
}
