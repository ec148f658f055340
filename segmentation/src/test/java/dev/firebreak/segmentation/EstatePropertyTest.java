package dev.firebreak.segmentation;

import static dev.firebreak.segmentation.Story.NOON;
import static dev.firebreak.segmentation.Story.at;
import static dev.firebreak.segmentation.Story.cut;
import static dev.firebreak.segmentation.Story.host;
import static dev.firebreak.segmentation.Story.on;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentLifted;
import dev.firebreak.eventlog.term.Ask;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.Part;
import dev.firebreak.eventlog.term.Placement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Random histories against a model that recomputes everything from scratch.
class EstatePropertyTest {
    private static final int STEPS = 120;
    private static final List<String> HOSTS = List.of("web-1", "web-2", "web-3", "web-4");

    static IntStream seeds() {
        return IntStream.range(0, 30);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void every_enforcer_is_to_hold_exactly_what_a_fresh_look_says(int seed) {
        var life = new Life(seed);
        for (var step = 0; step < STEPS; step++) {
            var before = states(life.story.estate);
            var position = life.story.estate.position();
            life.step();
            var after = states(life.story.estate);
            for (var i = 0; i < HOSTS.size(); i++) {
                var was = before.get(i);
                var is = after.get(i);
                assertThat(is.denies()).isEqualTo(fresh(life.story.estate, HOSTS.get(i)));
                var changed = !is.denies().equals(was.denies());
                assertThat(is.generation() > position).isEqualTo(changed);
                assertThat(is.generation() == was.generation()).isEqualTo(!changed);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void two_replicas_agree_however_often_entries_are_delivered(int seed) {
        var life = new Life(seed);
        IntStream.range(0, STEPS).forEach(_ -> life.step());
        var replica = new Estate();
        var log = life.story.log;
        var random = new Random(seed);
        for (var i = 0; i < log.size(); i++) {
            replica.apply(log.get(i));
            replica.apply(log.get(random.nextInt(i + 1)));
        }

        assertThat(states(replica)).isEqualTo(states(life.story.estate));
        assertThat(replica.openContainments()).isEqualTo(life.story.estate.openContainments());
        life.asks.forEach(ask ->
                assertThat(Planner.draw(replica, ask, List.of(), NOON))
                        .isEqualTo(Planner.draw(life.story.estate, ask, List.of(), NOON)));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void what_was_planned_is_what_is_pushed(int seed) {
        var life = new Life(seed);
        for (var step = 0; step < STEPS; step++) {
            life.step();
            var estate = life.story.estate;
            life.justOrdered.ifPresent(id -> {
                var plan = estate.containment(id).orElseThrow().plan();
                var pushed = new ArrayList<Part>();
                for (var name : HOSTS) {
                    var denies = estate.overlay().on(host(name));
                    Optional.ofNullable(denies.get(id))
                            .map(deny -> part(name, deny))
                            .ifPresent(pushed::add);
                }
                assertThat(pushed).isEqualTo(plan.parts());
            });
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nothing_is_desired_that_is_not_active(int seed) {
        var life = new Life(seed);
        IntStream.range(0, STEPS).forEach(_ -> life.step());
        var random = new Random(seed);
        for (var i = 0; i < 50; i++) {
            var now = NOON.plusSeconds(random.nextInt(7_200));
            var active =
                    life.story.estate.activeContainments(now).stream()
                            .map(KnownContainment::id)
                            .toList();
            for (var name : HOSTS) {
                assertThat(active)
                        .containsAll(
                                Compilation.desired(life.story.estate, host(name), now)
                                        .denies()
                                        .keySet());
            }
        }
    }

    private static Part part(String name, DesiredDeny deny) {
        return new Part(host(name), deny.subjects(), deny.peers());
    }

    /// Before every end, so that generation and content are compared alike.
    private static List<DesiredState> states(Estate estate) {
        return HOSTS.stream()
                .map(name -> Compilation.desired(estate, host(name), Instant.EPOCH))
                .toList();
    }

    /// What the enforcer ought to hold, found without the overlay.
    private static Map<ContainmentId, DesiredDeny> fresh(Estate estate, String name) {
        var overlay =
                new Overlay(
                        estate.containments(),
                        estate.resolution(),
                        estate.admission(),
                        new Sanctuary(estate.inventory(), List.of()));
        estate.containments().running().forEach(known -> overlay.containmentChanged(known.id(), 1));
        return overlay.on(host(name));
    }

    /// One random history.
    private static final class Life {
        private final Story story = new Story();
        private final Random random;
        private final List<Ask> asks =
                List.of(
                        cut("shop/w1"),
                        cut("shop/w2", "shop/w3"),
                        cut("label/tier=t1"),
                        cut("env/e0", "label/tier=t0"),
                        cut("env/e1"),
                        cut("host/web-2", "host/web-1"),
                        cut("cidr/203.0.113.0/24"),
                        cut("label/tier=t0", "cidr/10.0.0.0/24"));
        private final List<ContainmentId> running = new ArrayList<>();
        private Optional<ContainmentId> justOrdered = Optional.empty();

        private Life(int seed) {
            random = new Random(seed);
            story.enrolled("web-1", "web-2");
        }

        private void step() {
            justOrdered = Optional.empty();
            switch (random.nextInt(10)) {
                case 0 -> story.enrolled(pick(HOSTS));
                case 1 -> story.revoked(pick(HOSTS));
                case 2 -> story.retired("shop/w" + random.nextInt(6));
                case 3, 4 -> contain();
                case 5 -> release();
                default -> deploy();
            }
        }

        private void deploy() {
            var placements = new ArrayList<Placement>();
            var name = "shop/w" + random.nextInt(6);
            for (var host : HOSTS) {
                if (random.nextInt(3) == 0) {
                    placements.add(on(host, "/" + name));
                }
            }
            if (random.nextBoolean()) {
                placements.add(at("10.0.0." + random.nextInt(8)));
            }
            story.deployed(
                    name,
                    "e" + random.nextInt(2),
                    "tier=t" + random.nextInt(2),
                    placements.toArray(new Placement[0]));
        }

        private void contain() {
            var ask = pick(asks);
            var drawing = Planner.draw(story.estate, ask, List.of(), NOON);
            if (drawing instanceof Drawing.DrawnPlan(var id, _, _) && !running.contains(id)) {
                story.contained(ask, NOON.plusSeconds(1 + random.nextInt(7_200)));
                running.add(id);
                justOrdered = Optional.of(id);
            }
        }

        private void release() {
            if (!running.isEmpty()) {
                var id = running.remove(random.nextInt(running.size()));
                story.released(id);
                if (random.nextBoolean()) {
                    story.happens(new ContainmentLifted(id, NOON));
                }
            }
        }

        private <T> T pick(List<T> all) {
            return all.get(random.nextInt(all.size()));
        }
    }
}
