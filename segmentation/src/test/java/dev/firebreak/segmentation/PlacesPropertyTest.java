package dev.firebreak.segmentation;

import static dev.firebreak.segmentation.Story.NOON;
import static dev.firebreak.segmentation.Story.cut;
import static dev.firebreak.segmentation.Story.on;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentOrdered;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.HostName;
import dev.firebreak.eventlog.term.Placement;
import dev.firebreak.eventlog.term.Scope;
import dev.firebreak.eventlog.term.Subject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Random histories in which workloads lie below each other, counted by what the enforcers are to
/// hold and nothing else.
class PlacesPropertyTest {
    private static final int STEPS = 150;
    private static final int WORKLOADS = 16;
    private static final List<String> HOSTS = List.of("web-1", "web-2");

    private final Story story = new Story().enrolled("web-1", "web-2");
    private final Set<String> planned = new HashSet<>();
    private Random random = new Random(0);
    private ContainmentId id = new ContainmentId("C-0000000");
    private int allowed;

    static IntStream seeds() {
        return IntStream.range(0, 80);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nobody_but_the_one_who_moved_is_newly_cut_above_what_was_allowed(int seed) {
        begin(seed);
        var full = 0;
        for (var step = 0; step < STEPS; step++) {
            var before = touched();
            var moved = change();
            var after = touched();

            var news = new TreeSet<>(after);
            news.removeAll(before);
            news.remove(moved);
            if (after.size() > allowed) {
                assertThat(news).isEmpty();
            }
            full += after.size() >= allowed ? 1 : 0;
        }
        assertThat(full).isPositive();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void who_is_touched_is_who_is_said_to_be_in_it(int seed) {
        begin(seed);
        for (var step = 0; step < STEPS; step++) {
            change();
            var reach = story.estate.presence(id).orElseThrow().reach();
            assertThat(new TreeSet<>(reach.names())).containsAll(touched());
            assertThat(places()).containsAll(planned);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whoever_is_not_cut_where_it_runs_is_left_out_by_name(int seed) {
        begin(seed);
        for (var step = 0; step < STEPS; step++) {
            change();
            var presence = story.estate.presence(id).orElseThrow();
            var places = places();
            for (var member : story.estate.members(Scope.parse("label/tier=t0"))) {
                var everywhere =
                        HOSTS.stream()
                                .allMatch(host ->
                                        member.cgroupsOn(new HostName(host)).stream()
                                                .allMatch(path -> isIn(places, host + path)));
                assertThat(everywhere || presence.names().contains(member.name()))
                        .as("%s", member.name())
                        .isTrue();
            }
        }
    }

    private void begin(int seed) {
        random = new Random(seed);
        IntStream.range(0, WORKLOADS / 2).forEach(this::deploy);
        id = story.requested(cut("label/tier=t0"));
        IntStream.range(0, random.nextInt(4)).forEach(_ -> change());
        var plan = story.estate.containment(id).orElseThrow().plan();
        for (var part : plan.parts()) {
            part.subjects()
                    .forEach(subject ->
                            planned.add(
                                    part.enforcer().name() + ((Subject.Cgroup) subject).path()));
        }
        var atMost = 1 + random.nextInt(6);
        allowed = Math.max(atMost, plan.reach().members());
        story.happens(new ContainmentOrdered(id, NOON.plusSeconds(1_800), atMost, NOON));
    }

    private String change() {
        var number = random.nextInt(WORKLOADS);
        if (random.nextInt(4) == 0) {
            story.retired("shop/w" + number);
        } else {
            deploy(number);
        }
        return "shop/w" + number;
    }

    private void deploy(int number) {
        var placements = new ArrayList<Placement>();
        for (var i = 0; i < 1 + random.nextInt(2); i++) {
            var path = new StringBuilder();
            for (var depth = 0; depth < 1 + random.nextInt(3); depth++) {
                path.append("/").append("a".repeat(1 + random.nextInt(4)));
            }
            placements.add(on(HOSTS.get(random.nextInt(HOSTS.size())), path.toString()));
        }
        story.deployed(
                "shop/w" + number,
                "prod",
                "tier=t" + random.nextInt(2),
                placements.toArray(new Placement[0]));
    }

    private Set<String> places() {
        var places = new HashSet<String>();
        for (var host : HOSTS) {
            story.desired(host).deny(id).stream()
                    .flatMap(deny -> deny.subjects().stream())
                    .forEach(subject -> places.add(host + ((Subject.Cgroup) subject).path()));
        }
        return places;
    }

    private Set<String> touched() {
        var places = places();
        var names = new TreeSet<String>();
        for (var workload : story.estate.workloads()) {
            for (var placement : workload.placements()) {
                if (placement instanceof Placement.OnHost(var host, var path)
                        && isIn(places, host + path.value())) {
                    names.add(workload.name().toString());
                }
            }
        }
        return names;
    }

    private static boolean isIn(Set<String> places, String where) {
        var inner = where.split("/");
        return IntStream.rangeClosed(2, inner.length)
                .mapToObj(length -> String.join("/", Arrays.copyOf(inner, length)))
                .anyMatch(places::contains);
    }
}
