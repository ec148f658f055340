package dev.firebreak.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/// Who joins the scope of a containment after it was decided: cut in the kernel up to what was
/// allowed, and beyond it not cut and named.
@Tag("kernel")
@EnabledIf("dev.firebreak.whole.Kernel#mustHold")
class GrowthKernelIT {
    private static final String LOOPBACK = "127.0.0.1";

    @Test
    void whoever_joins_is_cut_up_to_what_was_allowed_and_named_beyond_it(@TempDir Path folder) {
        try (var scene = new Scene("growth", folder)) {
            scene.api().deploy("other/one", "elsewhere", "/one");
            scene.label(Scene.A, "a");
            var id = contain(scene);
            assertThat(scene.b.connect(LOOPBACK, scene.port).isAllowed()).isTrue();

            scene.label(Scene.B, "b");

            Waiting.until(
                    Scene.SOON,
                    () -> scene.b.connect(LOOPBACK, scene.port),
                    Cell.Attempt::isDenied);
            assertThat(present(scene, id)).containsEntry("members", 2).containsEntry("leftOut", 0);

            // Two may be cut off alone in so small a fleet; with the third one leaves.
            scene.label("shop/late", "late");
            var view = scene.api().awaitState(id, "contained-except", Scene.SOON);

            assertThat(view.path("stateText").asText())
                    .contains("shop/late", "joined later or moved, above the 2 that were allowed");
            assertThat(view.path("reach").path("members").asInt()).isEqualTo(1);
            assertThat(present(scene, id)).containsEntry("members", 2).containsEntry("leftOut", 1);
            Waiting.until(Scene.SOON, () -> scene.api().life(id), GrowthKernelIT::tellsOfIt);
        }
    }

    @Test
    void a_member_that_is_said_to_run_above_others_does_not_take_them_along(@TempDir Path folder) {
        try (var scene = new Scene("above", folder)) {
            scene.label(Scene.A, "a");
            scene.deploy("other/c", "c");
            var id = contain(scene);

            scene.label(Scene.A, "");
            var view = scene.api().awaitState(id, "contained-except", Scene.SOON);

            assertThat(view.path("stateText").asText())
                    .contains(Scene.A, "moved, above the 2 that were allowed");
            assertThat(scene.a().connect(LOOPBACK, scene.port).isDenied()).isTrue();
            assertThat(scene.b.connect(LOOPBACK, scene.port).isAllowed()).isTrue();
            assertThat(neighboursInPlan(scene)).containsExactly("other/c", Scene.B);
        }
    }

    private static List<String> neighboursInPlan(Scene scene) {
        return scene.api()
                .plan(Map.of("subject", "workload/" + Scene.A))
                .path("reach")
                .path("neighbours")
                .findValuesAsText("workload");
    }

    private static boolean tellsOfIt(List<String> life) {
        return life.stream().anyMatch(line -> line.startsWith("Not cut") && line.contains("late"));
    }

    private static Map<String, Integer> present(Scene scene, String id) {
        var present = scene.api().containment(id).path("present");
        return Map.of(
                "members", present.path("reach").path("members").asInt(),
                "leftOut", present.path("leftOut").asInt());
    }

    private static String contain(Scene scene) {
        var id =
                scene.api()
                        .contain(
                                "label/role=till",
                                "cidr/127.0.0.1/32",
                                "egress",
                                scene.portOverTcp(),
                                Duration.ofMinutes(5));
        scene.api().awaitVerified(id, Scene.SOON);
        return id;
    }
}
