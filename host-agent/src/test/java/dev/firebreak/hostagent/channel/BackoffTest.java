package dev.firebreak.hostagent.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {

    @Test
    void waits_grow_to_a_limit_and_begin_small_again_after_success() {
        var backoff = new Backoff(new Random(7));
        List<Duration> waits = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            waits.add(backoff.next());
        }
        backoff.succeeded();

        assertThat(waits).allMatch(wait -> wait.compareTo(Backoff.LONGEST) <= 0);
        assertThat(waits).anyMatch(wait -> wait.compareTo(Duration.ofSeconds(20)) > 0);
        assertThat(waits.stream().distinct().count()).isGreaterThan(150);
        assertThat(backoff.next()).isLessThanOrEqualTo(Backoff.FIRST);
    }
}
