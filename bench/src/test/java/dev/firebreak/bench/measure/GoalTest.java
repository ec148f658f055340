package dev.firebreak.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GoalTest {

    @Test
    void a_goal_is_reached_at_its_bound() {
        assertThat(new Goal.AtLeast(0.8).verdict(0.8, false)).isEqualTo("≥ 0.80 reached");
        assertThat(new Goal.AtMost(1.1).verdict(1.1, false)).isEqualTo("≤ 1.10 reached");
    }

    @Test
    void a_goal_is_missed_on_the_wrong_side() {
        assertThat(new Goal.AtLeast(0.8).verdict(0.79, false)).isEqualTo("≥ 0.80 MISSED");
        assertThat(new Goal.AtMost(1.1).verdict(1.11, false)).isEqualTo("≤ 1.10 MISSED");
    }

    @Test
    void a_contended_run_is_never_judged_either_way() {
        assertThat(new Goal.AtLeast(0.8).verdict(0.1, true)).isEqualTo("≥ 0.80 (not judged)");
        assertThat(new Goal.AtLeast(0.8).verdict(9, true)).isEqualTo("≥ 0.80 (not judged)");
    }

    @Test
    void more_foreign_work_than_the_bound_is_contention() {
        assertThat(new Load.Seen(8, Load.CONTENDED_ABOVE).contended()).isFalse();
        assertThat(new Load.Seen(0, Load.CONTENDED_ABOVE + 0.01).contended()).isTrue();
    }
}
