package dev.firebreak.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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
}
