package dev.firebreak.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/// The promise that needs nobody alive: every process of ours is killed while a deny holds, and it
/// holds to its end and no longer.
@Tag("kernel")
@EnabledIf("dev.firebreak.whole.Kernel#mustHold")
class KillKernelIT {

    private static final String LOOPBACK = "127.0.0.1";
    private static final Duration TTL = Duration.ofSeconds(8);

    /// The way of the plan to the agent makes an end late by as much, never early. Wide, for a busy
    /// machine.
    private static final Duration LATE = Duration.ofSeconds(1);

    private static final int MANY = 1_000;
    private static final int CLIENTS = 16;

    /// Time enough to have them all verified before the first ends.
    private static final Duration UNTIL_MANY_END = Duration.ofSeconds(45);

    /// All are held for this much longer once everything is killed.
    private static final Duration KILLED_BEFORE = Duration.ofSeconds(5);

    /// What two readings of a clock in milliseconds may differ by.
    private static final Duration ROUNDING = Duration.ofMillis(2);

    @Test
    void with_everything_killed_a_deny_holds_to_its_end_and_is_released_once(@TempDir Path folder) {
        try (var scene = new Scene("kill", folder)) {
            var id = scene.api().contain(Scene.A, scene.portOverTcp(), TTL);
            var end =
                    Instant.parse(
                            scene.api().awaitVerified(id, Scene.SOON).path("expiresAt").asText());

            scene.killEverything();

            assertThat(Instant.now()).as("killed while it holds").isBefore(end);
            var opening = scene.a().watch(LOOPBACK, scene.port, end.plusSeconds(10).toEpochMilli());
            System.out.printf(
                    "ends at %d, last refused %+d ms, open %+d ms%n",
                    end.toEpochMilli(),
                    opening.lastRefusedMillis() - end.toEpochMilli(),
                    opening.openMillis() - end.toEpochMilli());
            assertThat(Instant.ofEpochMilli(opening.openMillis()))
                    .isBetween(end.minus(ROUNDING), end.plus(LATE));

            scene.startAgain();

            scene.api().awaitState(id, "ended", Scene.SOON);
            assertThat(scene.api().life(id).stream().filter(line -> line.contains("released")))
                    .containsExactly("Its time was over; it was released.");
            assertThat(scene.a().connect(LOOPBACK, scene.port).isAllowed()).isTrue();
        }
    }

    @Test
    void with_everything_killed_a_thousand_denies_hold_to_their_ends(@TempDir Path folder)
            throws IOException {
        try (var scene = new Scene("many", folder)) {
            var ends = manyContained(scene, Instant.now().plus(UNTIL_MANY_END));
            var first = Collections.min(ends.values());
            var last = Collections.max(ends.values());
            Waiting.until(
                    UNTIL_MANY_END, Instant::now, now -> now.isAfter(first.minus(KILLED_BEFORE)));

            scene.killEverything();

            assertThat(Instant.now()).as("killed while all hold").isBefore(first);
            var file = folder.resolve("ends");
            Files.write(
                    file,
                    ends.entrySet().stream()
                            .map(end -> end.getKey() + " " + end.getValue().toEpochMilli())
                            .toList());
            var seen = scene.a().watch(file, scene.everywhere, last.plusSeconds(10).toEpochMilli());
            System.out.printf(
                    "%d denies that end within %d ms: %s%n",
                    MANY, Duration.between(first, last).toMillis(), seen);
            assertThat(seen.refused()).as("held by the kernel alone").isEqualTo(MANY);
            assertThat(seen.early()).as("let through before their end").isZero();
            assertThat(seen.open()).as("open in the end").isEqualTo(MANY);
            assertThat(seen.latestMillis()).isLessThan(LATE.toMillis());
        }
    }

    /// A thousand addresses, each cut by a containment of its own that is verified, and when each
    /// ends: all at about the same time.
    private static Map<String, Instant> manyContained(Scene scene, Instant together) {
        var ends = new ConcurrentHashMap<String, Instant>();
        var turns = new Semaphore(CLIENTS);
        try (var tasks = Executors.newVirtualThreadPerTaskExecutor()) {
            var asked =
                    IntStream.range(0, MANY)
                            .mapToObj(number ->
                                    CompletableFuture.runAsync(
                                            () -> {
                                                turns.acquireUninterruptibly();
                                                try {
                                                    var peer =
                                                            "127.1.%d.%d"
                                                                    .formatted(
                                                                            number / 250,
                                                                            1 + number % 250);
                                                    var ttl =
                                                            Duration.between(
                                                                    Instant.now(), together);
                                                    var id =
                                                            scene.api()
                                                                    .contain(
                                                                            Scene.A,
                                                                            "cidr/" + peer + "/32",
                                                                            "egress",
                                                                            scene.everywhere
                                                                                    + "/tcp",
                                                                            ttl);
                                                    ends.put(
                                                            peer,
                                                            Instant.parse(
                                                                    scene.api()
                                                                            .awaitVerified(
                                                                                    id,
                                                                                    UNTIL_MANY_END)
                                                                            .path("expiresAt")
                                                                            .asText()));
                                                } finally {
                                                    turns.release();
                                                }
                                            },
                                            tasks))
                            .toList();
            asked.forEach(CompletableFuture::join);
        }
        return ends;
    }
}
