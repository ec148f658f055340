package dev.firebreak.commandside.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class HeapAlarmsTest {

    private static final int MANY = 10_000;

    private final AtomicReference<Duration> setBy = new AtomicReference<>(Duration.ZERO);
    private final InstantSource clock = () -> Instant.now().plus(setBy.get());
    private final HeapAlarms alarms = new HeapAlarms(clock);

    @AfterEach
    void close() {
        alarms.close();
    }

    @Test
    void none_of_ten_thousand_alarms_rings_early_and_each_rings_once() throws Exception {
        var early = new AtomicInteger();
        var rung = new AtomicInteger();
        var all = new CountDownLatch(MANY);
        var random = new Random(1);
        for (var i = 0; i < MANY; i++) {
            var at = clock.instant().plusNanos(random.nextInt(1_500_000_000));
            alarms.set(
                    "alarm-" + i,
                    at,
                    () -> {
                        if (clock.instant().isBefore(at)) {
                            early.incrementAndGet();
                        }
                        rung.incrementAndGet();
                        all.countDown();
                    });
        }
        all.await();

        assertThat(early).hasValue(0);
        assertThat(rung).hasValue(MANY);
        assertThat(alarms.size()).isZero();
    }

    @Test
    void a_clock_set_forward_is_noticed() throws Exception {
        var rung = new CountDownLatch(1);
        alarms.set("a", clock.instant().plus(Duration.ofHours(1)), rung::countDown);
        awaitNap();

        setBy.set(Duration.ofHours(1));

        rung.await();
    }

    @Test
    void a_clock_set_back_makes_nothing_ring_before_its_time() throws Exception {
        var first = new CountDownLatch(1);
        var early = new AtomicInteger();
        var at = clock.instant().plusMillis(100);
        setBy.set(Duration.ofHours(-1));
        alarms.set("a", at, early::incrementAndGet);
        // A later alarm on the clock as it is now shows that the watcher has been past the time.
        alarms.set("b", clock.instant().plusMillis(300), first::countDown);
        first.await();

        assertThat(early).hasValue(0);
        assertThat(alarms.size()).isOne();
    }

    @Test
    void an_alarm_that_breaks_keeps_no_other_from_ringing() throws Exception {
        var rung = new CountDownLatch(64);
        for (var i = 0; i < 64; i++) {
            alarms.set(
                    "broken-" + i,
                    clock.instant(),
                    () -> {
                        throw new IllegalStateException("as a test wants it");
                    });
            alarms.set("whole-" + i, clock.instant(), rung::countDown);
        }
        rung.await();

        assertThat(alarms.isWatching()).isTrue();
    }

    @Test
    void an_earlier_alarm_set_later_does_not_wait_for_the_one_before() throws Exception {
        var rung = new CountDownLatch(1);
        alarms.set("late", clock.instant().plus(Duration.ofDays(1)), () -> {});
        alarms.set("soon", clock.instant(), rung::countDown);

        rung.await();
    }

    private static void awaitNap() {
        while (Thread.getAllStackTraces().keySet().stream()
                .noneMatch(HeapAlarmsTest::isNappingWatcher)) {
            Thread.onSpinWait();
        }
    }

    private static boolean isNappingWatcher(Thread thread) {
        return thread.getName().equals("alarm-watcher")
                && thread.getState() == Thread.State.TIMED_WAITING;
    }
}
