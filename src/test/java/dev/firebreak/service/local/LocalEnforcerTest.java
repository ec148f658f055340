package dev.firebreak.service.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LocalEnforcerTest {

    private static final Duration PAUSE = Duration.ofMillis(1);
    private static final Duration LONG_PAUSE = Duration.ofMinutes(1);
    private static final int WITHIN_SECONDS = 10;

    private final AtomicInteger asked = new AtomicInteger();
    private final CountDownLatch askedAgain = new CountDownLatch(1);
    private final CountDownLatch seen = new CountDownLatch(1);

    @Test
    void what_stands_in_the_way_of_the_agent_is_told_and_tried_again() throws Exception {
        try (var local = new LocalEnforcer(this::notAtFirst, PAUSE)) {
            local.start();

            assertThat(askedAgain.await(WITHIN_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(local.trouble())
                    .contains("Its agent cannot be started just now: the disk is full");

            seen.countDown();
            assertThat(awaitNoTrouble(local)).isEmpty();
        }
    }

    @Test
    void an_agent_that_does_not_stay_is_told_with_its_last_words() throws Exception {
        try (var local = new LocalEnforcer(LocalEnforcerTest::refusing, LONG_PAUSE)) {
            local.start();

            assertThat(awaitTrouble(local))
                    .contains(
                            "Its agent ended by itself (code 4) and is started again:"
                                    + " another agent holds them");
        }
    }

    private static ProcessBuilder refusing() {
        var words =
                "echo 2026-11-23T03:00:00.1Z another agent holds them; printf '\\tat x\\n'; exit 4";
        return new ProcessBuilder("sh", "-c", words);
    }

    private static Optional<String> awaitTrouble(LocalEnforcer local) throws InterruptedException {
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(WITHIN_SECONDS);
        while (local.trouble().isEmpty() && System.nanoTime() < deadline) {
            Thread.sleep(PAUSE);
        }
        return local.trouble();
    }

    private ProcessBuilder notAtFirst() {
        if (asked.incrementAndGet() == 1) {
            throw new UncheckedIOException("the disk is full", new IOException());
        }
        askedAgain.countDown();
        awaitSeen();
        return new ProcessBuilder("sleep", "60");
    }

    private void awaitSeen() {
        try {
            assertThat(seen.await(WITHIN_SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static Optional<String> awaitNoTrouble(LocalEnforcer local)
            throws InterruptedException {
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(WITHIN_SECONDS);
        while (local.trouble().isPresent() && System.nanoTime() < deadline) {
            Thread.sleep(PAUSE);
        }
        return local.trouble();
    }
}
