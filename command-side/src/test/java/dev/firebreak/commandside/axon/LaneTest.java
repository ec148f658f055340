package dev.firebreak.commandside.axon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.firebreak.commandside.command.LogUnavailable;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LaneTest {

    private final Lane lane = new Lane(1, Duration.ofMillis(5));

    @Test
    void who_finds_no_place_in_time_is_told_that_nothing_happened() {
        try (var _ = lane.enter()) {
            var busy = catchThrowableOfType(LogUnavailable.class, lane::enter);

            assertThat(busy.isNothingDecided()).isTrue();
        }
        lane.enter().close();
        assertThat(lane.free()).isEqualTo(1);
    }

    @Test
    void who_is_interrupted_while_waiting_gives_up_and_stays_interrupted() {
        try (var _ = lane.enter()) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(lane::enter).isInstanceOf(LogUnavailable.class);

            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
