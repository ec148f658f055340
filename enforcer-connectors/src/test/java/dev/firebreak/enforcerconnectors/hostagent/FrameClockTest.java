package dev.firebreak.enforcerconnectors.hostagent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.enforcerconnectors.enforcer.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FrameClockTest {

    private final SettableClock wall = new SettableClock(Instant.parse("2026-11-23T03:00:00Z"));
    private final AtomicLong nanos = new AtomicLong(5);
    private final FrameClock frameClock = new FrameClock(wall, nanos::get);

    @Test
    void it_keeps_its_name_while_both_clocks_run_on() {
        var before = frameClock.now();
        pass(Duration.ofSeconds(10), Duration.ofSeconds(10).plusMillis(4));

        var after = frameClock.now();

        assertThat(after.clock()).isEqualTo(before.clock());
        assertThat(after.nanos() - before.nanos()).isEqualTo(10_004_000_000L);
    }

    @Test
    void it_has_another_name_once_the_wall_clock_was_set() {
        var before = frameClock.now();
        pass(Duration.ofHours(1), Duration.ofSeconds(1));

        assertThat(frameClock.now().clock()).isNotEqualTo(before.clock());
    }

    @Test
    void it_has_another_name_once_the_wall_clock_was_set_back() {
        var before = frameClock.now();
        pass(Duration.ofHours(-1), Duration.ofSeconds(1));

        assertThat(frameClock.now().clock()).isNotEqualTo(before.clock());
    }

    @Test
    void it_has_another_name_once_it_stood_still_itself() {
        var before = frameClock.now();
        pass(Duration.ofMillis(300), Duration.ofMillis(1));

        assertThat(frameClock.now().clock()).isNotEqualTo(before.clock());
    }

    private void pass(Duration byWall, Duration bySteady) {
        wall.advance(byWall);
        nanos.addAndGet(bySteady.toNanos());
    }
}
