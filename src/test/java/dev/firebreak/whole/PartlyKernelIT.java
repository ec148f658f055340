package dev.firebreak.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/// Somebody deploys, into the scope of a containment, what its host cannot hold: nobody else gets
/// out by that, and who is not cut is known by name.
@Tag("kernel")
@EnabledIf("dev.firebreak.whole.Kernel#mustHold")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PartlyKernelIT {

    private static final String LOOPBACK = "127.0.0.1";
    private static final String SCOPE = "label/role=till";
    private static final String LATE = "shop/late";

    /// So many that a few may be cut off by one person.
    private static final int FLEET = 24;

    /// Kinds of prefix length that one workload has room for.
    private static final int MOST_SHAPES = 16;

    /// An agent tells of an end within 1.2 s, and is told at once to try again.
    private static final Duration ROOM_WITHIN = Duration.ofSeconds(5);

    private final Scene scene;
    private final List<String> running = new ArrayList<>();

    PartlyKernelIT(@TempDir Path folder) {
        scene = new Scene("partly", folder);
        IntStream.range(0, FLEET)
                .forEach(i -> scene.api().deploy("other/n" + i, "elsewhere", "/n" + i));
        scene.label(Scene.A, "a");
        scene.label(Scene.B, "b");
    }

    @AfterEach
    void release() {
        running.forEach(scene.api()::release);
        running.forEach(id -> scene.api().awaitState(id, "ended", Scene.SOON));
        running.clear();
        scene.api()
                .created(
                        "/api/v1/workloads/" + LATE + "/retirements",
                        Map.of("reason", "it was a test"));
    }

    @AfterAll
    void takeDown() {
        scene.close();
    }

    @Test
    void who_joins_and_cannot_be_held_keeps_no_new_end_from_the_others() {
        var id = contain(SCOPE, "127.0.0.1/32", Duration.ofSeconds(12));
        scene.api().awaitVerified(id, Scene.SOON);
        var end = Instant.parse(scene.api().containment(id).path("expiresAt").asText());

        scene.labelIn(LATE, "/another-root/late");
        extend(id);

        Waiting.until(
                Scene.SOON,
                () -> scene.api().containment(id),
                seen -> isHeldExceptLate(seen, "outside-root"));
        Waiting.until(Scene.SOON, Instant::now, now -> now.isAfter(end.plusSeconds(1)));
        assertThat(scene.a().connect(LOOPBACK, scene.port).isDenied()).isTrue();
        assertThat(scene.b.connect(LOOPBACK, scene.port).isDenied()).isTrue();
        assertNamedEverywhere(id);
    }

    @Test
    void who_cannot_be_held_does_not_keep_a_first_containment_from_the_others() {
        scene.labelIn(LATE, Kernel.name(scene.top().resolve("d/e/e/p/e/r/t/h/a/n/i/t/l/o/o/k/s")));

        var id = contain(SCOPE, "127.0.0.1/32", Duration.ofMinutes(5));
        var view =
                Waiting.until(
                        Scene.SOON,
                        () -> scene.api().containment(id),
                        seen -> isHeldExceptLate(seen, "too-deep"));

        assertThat(view.path("stateText").asText()).startsWith("contained except host/partly");
        assertThat(scene.a().connect(LOOPBACK, scene.port).isDenied()).isTrue();
        assertThat(scene.b.connect(LOOPBACK, scene.port).isDenied()).isTrue();
        assertNamedEverywhere(id);
    }

    @Test
    void who_joined_and_is_deployed_anew_where_it_can_be_held_is_cut_and_named_no_more() {
        var id = contain(SCOPE, "127.0.0.1/32", Duration.ofMinutes(5));
        scene.labelIn(LATE, "/another-root/late");
        scene.api().awaitState(id, "contained-except", Scene.SOON);

        try (var late = Cell.start(scene.top().resolve("late"))) {
            scene.labelIn(LATE, Kernel.name(scene.top().resolve("late")));
            var view = scene.api().awaitVerified(id, Scene.SOON);

            assertThat(view.path("parts").path(0).path("gaps").isEmpty()).isTrue();
            assertThat(late.connect(LOOPBACK, scene.port).isDenied()).isTrue();
        }
    }

    @Test
    void who_is_not_there_is_named_while_the_others_are_contained_and_cut_when_there() {
        scene.labelIn(LATE, Kernel.name(scene.top().resolve("late")));

        var id = contain(SCOPE, "127.0.0.1/32", Duration.ofMinutes(5));
        var view =
                Waiting.until(
                        Scene.SOON,
                        () -> scene.api().containment(id),
                        seen -> isHeldExceptLate(seen, "cgroup-absent"));

        assertThat(view.path("stateText").asText())
                .startsWith("contained except host/partly")
                .contains("its cgroup is not on the host now; it is cut as soon as it appears");
        assertThat(scene.a().connect(LOOPBACK, scene.port).isDenied()).isTrue();
        assertThat(scene.b.connect(LOOPBACK, scene.port).isDenied()).isTrue();
        assertNamedEverywhere(id);

        try (var late = Cell.start(scene.top().resolve("late"))) {
            var whole = scene.api().awaitVerified(id, Scene.SOON);

            assertThat(whole.path("parts").path(0).path("gaps").isEmpty()).isTrue();
            assertThat(late.connect(LOOPBACK, scene.port).isDenied()).isTrue();
            assertThat(scene.api().life(id).getLast()).startsWith("Contained: every part");
        }
        Waiting.until(
                Scene.SOON,
                () -> scene.api().containment(id),
                seen -> isHeldExceptLate(seen, "cgroup-absent"));
    }

    @Test
    void what_its_host_never_denies_is_told_with_the_plan_and_left_open() {
        scene.labelIn(LATE, Kernel.name(scene.top().resolve("never")));

        var part = scene.api().plan(Map.of("subject", "workload/" + Scene.A)).path("parts").path(0);

        assertThat(part.path("law").asText())
                .startsWith("not for ")
                .contains(LOOPBACK + " ", "which this host never denies");
        assertThat(scene.terminal("plan", Scene.A))
                .contains("1 to hold, against everyone; but not for ");
    }

    @Test
    void a_full_table_is_named_and_whoever_found_no_room_gets_it_as_soon_as_there_is_some() {
        scene.labelIn(LATE, Kernel.name(scene.top().resolve("never")));
        var filling =
                IntStream.range(8, 8 + MOST_SHAPES)
                        .mapToObj(n -> contain(Scene.A, "10.0.0.0/" + n, Duration.ofMinutes(5)))
                        .toList();
        filling.forEach(id -> scene.api().awaitState(id, "contained", Scene.SOON));

        var id = contain(Scene.A, "127.0.0.0/26", Duration.ofMinutes(5));
        var refused = scene.api().awaitState(id, "not-contained", Scene.SOON);
        assertThat(refused.path("stateText").asText())
                .contains("more than 16 kinds of prefix length", filling.getFirst())
                .contains("release one of them");
        assertThat(scene.a().connect(LOOPBACK, scene.port).isAllowed()).isTrue();

        scene.api().release(filling.get(3));

        scene.api().awaitState(id, "contained", ROOM_WITHIN);
        assertThat(scene.a().connect(LOOPBACK, scene.port).isDenied()).isTrue();
    }

    private String contain(String scope, String block, Duration ttl) {
        var id = scene.api().contain(scope, "cidr/" + block, "egress", scene.portOverTcp(), ttl);
        running.add(id);
        return id;
    }

    private void extend(String id) {
        scene.api()
                .created(
                        "/api/v1/containments/" + id + "/extensions",
                        Map.of("ttl", "5m", "reason", "it is not over"));
    }

    private static boolean isHeldExceptLate(JsonNode view, String code) {
        var part = view.path("parts").path(0);
        return "contained-except".equals(view.path("state").asText())
                && "held-except".equals(part.path("state").asText())
                && part.path("gaps").size() == 1
                && part.path("gaps").path(0).path("what").asText().startsWith(LATE + " in cgroup /")
                && part.path("gaps").path(0).path("why").asText().contains(code);
    }

    /// Over REST in the sentence of the whole, at a terminal, and in its life.
    private void assertNamedEverywhere(String id) {
        assertThat(scene.api().containment(id).path("stateText").asText()).contains(LATE);
        assertThat(scene.terminal("status", id))
                .contains("contained except", "held-except", "not covered: " + LATE);
        assertThat(scene.api().life(id))
                .anyMatch(line -> line.contains("held-except") && line.contains(LATE));
        assertThat(scene.api().get("/api/v1/replay?at=" + Instant.now()).toString())
                .contains("held-except", LATE);
        assertThat(scene.terminal("replay", "--at", Instant.now().toString()))
                .contains(id + " was not covered on host/partly", LATE);
    }
}
