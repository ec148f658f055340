package dev.firebreak.segmentation;

import static dev.firebreak.segmentation.Story.at;
import static dev.firebreak.segmentation.Story.cut;
import static dev.firebreak.segmentation.Story.cutOn;
import static dev.firebreak.segmentation.Story.on;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.eventlog.term.Neighbour;
import dev.firebreak.eventlog.term.Placement;
import dev.firebreak.eventlog.term.Reach;
import dev.firebreak.eventlog.term.Subject;
import dev.firebreak.eventlog.term.WorkloadName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NeighboursTest {
    private final Story story = new Story().enrolled("web-1", "web-2");

    @Test
    void a_workload_at_a_parent_cgroup_counts_with_everybody_below_it() {
        IntStream.range(0, 30).forEach(i -> deployed("shop/w" + i, on("web-1", "/shop/w" + i)));
        deployed("shop/front", on("web-1", "/shop"));

        var plan = story.plan(cut("shop/front"));

        assertThat(plan.parts().getFirst().subjects()).hasSize(1);
        assertThat(plan.reach().members()).isEqualTo(31);
        assertThat(plan.reach().names().getFirst()).isEqualTo("shop/front");
        assertThat(plan.reach().neighbours())
                .hasSize(Reach.MAX_NAMED)
                .startsWith(
                        new Neighbour(
                                WorkloadName.parse("shop/w0"),
                                "its cgroup /shop/w0 on web-1 lies below that of shop/front"));
        assertThat(plan.reach().owners()).containsExactly("team-shop");
    }

    @Test
    void who_has_the_same_cgroup_is_a_neighbour() {
        deployed("shop/cart", on("web-1", "/c"));
        deployed("shop/twin", on("web-1", "/c"));

        assertThat(story.plan(cut("shop/cart")).reach().neighbours())
                .containsExactly(
                        new Neighbour(
                                WorkloadName.parse("shop/twin"),
                                "it shares a cgroup on web-1 with shop/cart"));
    }

    @Test
    void nobody_is_one_by_the_beginning_of_a_name_or_above_or_on_another_host() {
        deployed("shop/cart", on("web-1", "/shop/c"));
        deployed("shop/carton", on("web-1", "/shop/carton"));
        deployed("shop/all", on("web-1", "/shop"));
        deployed("shop/other", on("web-2", "/shop/c/other"));

        assertThat(story.plan(cut("shop/cart")).reach())
                .isEqualTo(new Reach(1, 4, List.of("shop/cart"), List.of("team-shop")));
    }

    @Test
    void where_nothing_is_asked_nobody_is_a_neighbour() {
        deployed("shop/cart", on("web-1", "/c"), on("web-2", "/c"));
        deployed("shop/a", on("web-1", "/c/a"));
        deployed("shop/b", on("web-2", "/c/b"));

        assertThat(story.plan(cutOn("shop/cart", "web-2")).reach().names())
                .containsExactly("shop/cart", "shop/b");
    }

    @Test
    void other_neighbours_are_another_plan_to_approve() {
        deployed("shop/cart", on("web-1", "/c"));
        deployed("shop/a", on("web-1", "/c/a"));
        var shown = story.plan(cut("shop/cart")).hash();

        story.retired("shop/a");
        deployed("shop/b", on("web-1", "/c/b"));

        assertThat(story.plan(cut("shop/cart")).hash()).isNotEqualTo(shown);
    }

    @Test
    void a_protected_address_below_a_member_stands_in_the_way() {
        deployed("infra/dns", on("web-1", "/infra/dns"), at("10.0.0.53"));
        deployed("evil/parent", on("web-1", "/infra"));

        var drawn = story.drawn(cut("evil/parent"), "cidr/10.0.0.53/32");

        assertThat(drawn.plan().protectedBy())
                .containsExactly(
                        "cidr/10.0.0.53/32 is protected, and shares a cgroup with evil/parent.");
    }

    static IntStream seeds() {
        return IntStream.range(0, 60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void exactly_those_are_counted_whom_the_plans_places_cut(int seed) {
        var random = new Random(seed);
        IntStream.range(0, 25).forEach(i -> deployed("shop/w" + i, places(random)));

        for (var ask : List.of(cut("shop/w0"), cut("label/tier=t0"), cut("host/web-1"))) {
            var plan = story.plan(ask);
            var cut =
                    story.estate.workloads().stream()
                            .filter(each ->
                                    plan.parts().stream()
                                            .flatMap(Found::of)
                                            .anyMatch(place -> takesIn(place, each)))
                            .map(each -> each.name().toString())
                            .toList();
            assertThat(plan.reach().members()).isEqualTo(cut.size());
            assertThat(cut).containsAll(plan.reach().names());
        }
    }

    /// By comparing names of directories, and nothing else.
    private static boolean takesIn(Found place, KnownWorkload workload) {
        return workload.cgroupsOn(place.host()).stream()
                .anyMatch(cgroup ->
                        switch (place.subject()) {
                            case Subject.WholeHost() -> true;
                            case Subject.Cgroup(var path) -> {
                                var outer = path.value().split("/");
                                var inner = cgroup.value().split("/");
                                yield inner.length >= outer.length
                                        && Arrays.equals(Arrays.copyOf(inner, outer.length), outer);
                            }
                        });
    }

    private static Placement[] places(Random random) {
        var places = new ArrayList<Placement>();
        for (var i = 0; i < 1 + random.nextInt(2); i++) {
            var path = new StringBuilder();
            for (var depth = 0; depth < 1 + random.nextInt(3); depth++) {
                path.append("/").append("a".repeat(1 + random.nextInt(3)));
            }
            places.add(on("web-" + (1 + random.nextInt(2)), path.toString()));
        }
        return places.toArray(new Placement[0]);
    }

    private void deployed(String name, Placement... placements) {
        story.deployed(name, "prod", "tier=t" + (name.length() % 2), placements);
    }
}
