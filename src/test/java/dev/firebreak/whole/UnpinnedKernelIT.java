package dev.firebreak.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/// Somebody takes a pin of the agent's away while it runs.
@Tag("kernel")
@EnabledIf("dev.firebreak.whole.Kernel#mustHold")
class UnpinnedKernelIT {

    private static final String LOOPBACK = "127.0.0.1";

    /// The agent looks with every heartbeat.
    private static final Duration BACK_WITHIN = Duration.ofSeconds(30);

    private static final Duration TOLD_WITHIN = Duration.ofSeconds(30);

    @Test
    void all_is_pinned_again_and_holds_although_everybody_is_killed_then(@TempDir Path folder)
            throws IOException {
        try (var scene = new Scene("unpinned", folder)) {
            var id = scene.api().contain(Scene.A, scene.portOverTcp(), Duration.ofMinutes(5));
            scene.api().awaitVerified(id, Scene.SOON);
            var before = scene.pins();
            assertThat(before).hasSizeGreaterThan(1);

            for (var pin : before) {
                Files.delete(pin);
            }

            Waiting.until(
                    BACK_WITHIN,
                    () -> {
                        var attempt = scene.a().connect(LOOPBACK, scene.port);
                        assertThat(attempt.isDenied()).as("%s", attempt).isTrue();
                        return scene.pins();
                    },
                    before::equals);
            Waiting.until(
                    TOLD_WITHIN,
                    () -> scene.api().get("/api/v1/timeline").toString(),
                    told -> told.contains("put it right. No deny was touched."));
            scene.killEverything();
            assertThat(scene.a().connect(LOOPBACK, scene.port).isDenied()).isTrue();
            assertThat(scene.b.connect(LOOPBACK, scene.port).isAllowed()).isTrue();
            scene.startAgain();
            scene.api().awaitVerified(id, Scene.SOON);
        }
    }
}
