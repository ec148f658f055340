package dev.firebreak.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
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

    /// The way of the quickest frame to the agent makes an end late by as much, never early. Wide,
    /// for a busy machine.
    private static final Duration LATE = Duration.ofSeconds(1);

    private static final int MANY = 1_000;
    private static final int CLIENTS = 16;

    /// Longer than it takes to have them all verified, on a busy machine.
    private static final Duration AT_FIRST = Duration.ofMinutes(10);

    /// The end that all are shortened to is at least this far away.
    private static final Duration AT_LEAST = Duration.ofSeconds(15);

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
            var began = System.nanoTime();
            var contained = manyContained(scene);
            var ends = shortened(scene, contained, Duration.ofNanos(System.nanoTime() - began));
            var first = Collections.min(ends.values());
            var last = Collections.max(ends.values());
            Waiting.until(AT_FIRST, Instant::now, now -> now.isAfter(first.minus(KILLED_BEFORE)));

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
            assertThat(seen.openInTime()).as("open 20 ms after their end").isEqualTo(MANY);
        }
    }

    private record Cut(String address, String containment) {}

    /// A thousand addresses, each cut by a containment of its own that is verified.
    private static Collection<Cut> manyContained(Scene scene) {
        var cuts = new ConcurrentLinkedQueue<Cut>();
        each(
                IntStream.range(0, MANY).mapToObj(KillKernelIT::address).toList(),
                address -> {
                    var api = scene.api();
                    var peer = "cidr/" + address + "/32";
                    var port = scene.everywhere + "/tcp";
                    var id = api.contain(Scene.A, peer, "egress", port, AT_FIRST);
                    api.awaitVerified(id, Scene.SOON);
                    cuts.add(new Cut(address, id));
                });
        return cuts;
    }

    /// They shall all end at about the same time; answers when each address is to be open.
    private static Map<String, Instant> shortened(
            Scene scene, Collection<Cut> cuts, Duration took) {
        var together = Instant.now().plus(AT_LEAST).plus(took);
        var ends = new ConcurrentHashMap<String, Instant>();
        each(
                cuts,
                cut -> {
                    var ttl = Duration.between(Instant.now(), together);
                    ends.put(cut.address(), scene.api().shorten(cut.containment(), ttl));
                });
        return ends;
    }

    private static String address(int number) {
        return "127.1.%d.%d".formatted(number / 250, 1 + number % 250);
    }

    private static <T> void each(Collection<T> all, Consumer<T> what) {
        var turns = new Semaphore(CLIENTS);
        try (var tasks = Executors.newVirtualThreadPerTaskExecutor()) {
            var asked =
                    all.stream()
                            .map(one -> (Runnable) () -> inTurn(turns, () -> what.accept(one)))
                            .map(turn -> CompletableFuture.runAsync(turn, tasks))
                            .toList();
            asked.forEach(CompletableFuture::join);
        }
    }

    private static void inTurn(Semaphore turns, Runnable what) {
        turns.acquireUninterruptibly();
        try {
            what.run();
        } finally {
            turns.release();
        }
    }
}
