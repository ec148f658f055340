package dev.firebreak.commandside.alarm;

import static dev.firebreak.commandside.Cast.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.commandside.SettableClock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SteadyClockTest {

    private final SettableClock wall = new SettableClock(NOON);
    private final AtomicLong nanos = new AtomicLong(-7);
    private final SteadyClock clock = new SteadyClock(wall, nanos::get);

    @Test
    void an_hour_forward_or_back_on_the_wall_changes_nothing() {
        wall.pass(Duration.ofHours(1));
        assertThat(clock.instant()).isEqualTo(NOON);
        assertThat(clock.drift()).isEqualTo(Duration.ofHours(1));

        wall.pass(Duration.ofHours(-2));
        assertThat(clock.instant()).isEqualTo(NOON);
        assertThat(clock.drift()).isEqualTo(Duration.ofHours(-1));
    }

    @Test
    void it_goes_on_as_time_passes_in_whatever_zone() {
        nanos.addAndGet(Duration.ofMinutes(5).toNanos());

        assertThat(clock.instant()).isEqualTo(NOON.plus(Duration.ofMinutes(5)));
        assertThat(clock.withZone(ZoneId.of("Europe/Berlin")).instant()).isEqualTo(clock.instant());
    }
}
