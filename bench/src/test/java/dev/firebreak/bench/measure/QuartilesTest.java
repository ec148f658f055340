package dev.firebreak.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class QuartilesTest {

    @Test
    void nine_samples_have_their_third_fifth_and_seventh() {
        var quartiles = Quartiles.of(List.of(9.0, 1.0, 8.0, 2.0, 7.0, 3.0, 6.0, 4.0, 5.0));

        assertThat(quartiles).isEqualTo(new Quartiles(3, 5, 7));
    }

    @Test
    void between_two_samples_the_value_is_taken_in_proportion() {
        assertThat(Quartiles.of(List.of(1.0, 2.0, 3.0, 4.0)))
                .isEqualTo(new Quartiles(1.75, 2.5, 3.25));
    }

    @Test
    void one_sample_is_its_own_spread() {
        assertThat(Quartiles.of(List.of(4.0))).isEqualTo(new Quartiles(4, 4, 4));
    }

    @Test
    void one_wild_sample_moves_neither_the_median_nor_the_middle_half() {
        var calm = Quartiles.of(List.of(1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0));
        var wild = Quartiles.of(List.of(1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1e9));

        assertThat(wild).isEqualTo(calm);
    }

    @Test
    void what_is_no_number_is_no_sample() {
        assertThatThrownBy(() -> Quartiles.of(List.of(1.0, Double.NaN)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Quartiles.of(List.of(1.0, Double.POSITIVE_INFINITY)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Quartiles.of(List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
