package dev.firebreak.eventlog.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AftermathTest {

    private final AtomicInteger tries = new AtomicInteger();

    /// Or a database that is away would be asked some hundreds of times a second.
    @Test
    void what_fails_is_tried_again_and_not_at_once() {
        try (var aftermath = new Aftermath("test", Duration.ofMillis(1), _ -> fail())) {
            aftermath.reached(1);
            var before = System.nanoTime();

            await().until(() -> tries.get() >= 2);

            assertThat(System.nanoTime() - before)
                    .isGreaterThanOrEqualTo(Aftermath.RETRY.toNanos());
        }
    }

    @Test
    void what_is_left_to_do_is_done_before_the_close() {
        var aftermath = new Aftermath("test", Duration.ofMinutes(1), _ -> tries.incrementAndGet());
        aftermath.reached(1);
        await().until(() -> tries.get() == 1);
        aftermath.reached(2);

        aftermath.close();

        assertThat(tries).hasValue(2);
    }

    private void fail() {
        tries.incrementAndGet();
        throw LogUnavailable.nothingAppended("away", new IllegalStateException());
    }
}
