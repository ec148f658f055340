package dev.firebreak.bench.append;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PgbenchTest {

    @Test
    void the_rate_is_the_one_without_connecting() {
        var output =
                """
                number of transactions actually processed: 6543
                latency average = 0.305 ms
                initial connection time = 5.102 ms
                tps = 3276.512345 (without initial connection time)
                """;

        assertThat(Pgbench.rate(output)).isEqualTo(3276.512345);
    }

    @Test
    void a_turn_in_which_nothing_was_done_is_no_floor() {
        assertThatThrownBy(() -> Pgbench.rate("tps = 0.000000 (without initial connection time)"))
                .hasMessageContaining("too busy");
    }

    @Test
    void output_without_a_rate_is_shown() {
        assertThatThrownBy(() -> Pgbench.rate("connection refused"))
                .hasMessageContaining("connection refused");
    }
}
