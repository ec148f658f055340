package dev.firebreak.segmentation;

import static dev.firebreak.segmentation.Story.NOON;
import static dev.firebreak.segmentation.Story.cut;
import static dev.firebreak.segmentation.Story.cutOn;
import static dev.firebreak.segmentation.Story.host;
import static dev.firebreak.segmentation.Story.on;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentOrdered;
import dev.firebreak.eventlog.term.Ask;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.Placement;
import dev.firebreak.eventlog.term.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Random histories of deployments around one containment, against a model that keeps lists.
class AdmissionPropertyTest {
    private static final int STEPS = 150;
    private static final int WORKLOADS = 14;
    private static final List<String> HOSTS = List.of("web-1", "web-2", "web-3");
    private static final List<Ask> ASKS =
            List.of(cut("label/tier=t0"), cut("env/e0"), cutOn("label/tier=t0", "web-1", "web-2"));

    static IntStream seeds() {
        return IntStream.range(0, 60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void never_are_more_cut_than_was_allowed(int seed) {
        var life = new Life(seed);
        for (var step = 0; step < STEPS; step++) {
            life.step();
            assertThat(life.membersCut()).hasSizeLessThanOrEqualTo(life.allowed);
            assertThat(life.presence().reach().members()).isLessThanOrEqualTo(life.allowed);
        }
        assertThat(life.timesFull).as("a history in which it never gets full").isPositive();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nobody_who_was_a_member_at_the_decision_is_put_out_by_somebody_who_joined(int seed) {
        var life = new Life(seed);
        for (var step = 0; step < STEPS; step++) {
            life.step();
            assertThat(life.cutByEnforcers()).containsAll(life.firstStillThere());
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void what_was_planned_stays_cut_whatever_deployments_say(int seed) {
        var life = new Life(seed);
        for (var step = 0; step < STEPS; step++) {
            life.step();
            assertThat(life.cutByEnforcers()).containsAll(life.first);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void those_who_joined_are_cut_in_the_order_in_which_they_did(int seed) {
        var life = new Life(seed);
        for (var step = 0; step < STEPS; step++) {
            life.step();
            assertThat(life.membersCut()).isEqualTo(life.modelled());
            assertThat(life.presence().leftOut())
                    .isEqualTo(life.present().size() - life.modelled().size());
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void a_replica_that_reads_it_all_again_leaves_out_the_same(int seed) {
        var life = new Life(seed);
        IntStream.range(0, STEPS).forEach(_ -> life.step());
        var replica = new Estate();
        life.story.log.forEach(replica::apply);

        assertThat(replica.presence(life.id)).contains(life.presence());
        assertThat(replica.enforcersHolding(life.id))
                .isEqualTo(life.story.estate.enforcersHolding(life.id));
    }

    /// One containment, and what is deployed around it.
    private static final class Life {
        private final Story story = new Story();
        private final Random random;
        private final Ask ask;
        private final ContainmentId id;
        private final Set<String> first;
        private final List<String> joined = new ArrayList<>();
        private final int allowed;
        private int timesFull;

        private Life(int seed) {
            random = new Random(seed);
            ask = ASKS.get(seed % ASKS.size());
            story.enrolled(HOSTS.toArray(new String[0]));
            while (members().isEmpty()) {
                deploy();
            }
            id = story.requested(ask);
            first = Set.copyOf(members());
            // Some join while a second person thinks about it.
            IntStream.range(0, random.nextInt(6)).forEach(_ -> change());
            var atMost = random.nextInt(6);
            allowed = Math.max(atMost, first.size());
            story.happens(new ContainmentOrdered(id, NOON.plusSeconds(1_800), atMost, NOON));
        }

        private void step() {
            change();
            timesFull += present().size() > allowed ? 1 : 0;
        }

        private void change() {
            if (random.nextInt(4) == 0) {
                story.retired(name(random.nextInt(WORKLOADS)));
            } else {
                deploy();
            }
            var now = members();
            joined.removeIf(name -> !now.contains(name));
            now.stream()
                    .filter(name -> !first.contains(name) && !joined.contains(name))
                    .forEach(joined::add);
        }

        private void deploy() {
            var name = name(random.nextInt(WORKLOADS));
            var placements = new ArrayList<Placement>();
            placements.add(on(HOSTS.get(random.nextInt(HOSTS.size())), "/" + name));
            HOSTS.stream()
                    .filter(_ -> random.nextInt(3) == 0)
                    .forEach(host -> placements.add(on(host, "/" + name)));
            story.deployed(
                    name,
                    "e" + (random.nextInt(4) / 3),
                    "tier=t" + (random.nextInt(4) / 3),
                    placements.toArray(new Placement[0]));
        }

        private Presence presence() {
            return story.estate.presence(id).orElseThrow();
        }

        private Set<String> members() {
            return new TreeSet<>(Reaching.reach(story.estate, ask).names());
        }

        /// By their names, whatever labels they are said to have.
        private Set<String> firstStillThere() {
            var there = new TreeSet<String>();
            story.estate.workloads().forEach(workload -> there.add(workload.name().toString()));
            there.retainAll(first);
            return there;
        }

        private Set<String> present() {
            var present = firstStillThere();
            present.addAll(members());
            return present;
        }

        private Set<String> membersCut() {
            var cut = cutByEnforcers();
            cut.retainAll(present());
            return cut;
        }

        private Set<String> modelled() {
            var all = Stream.concat(firstStillThere().stream(), joined.stream());
            return new TreeSet<>(all.limit(allowed).toList());
        }

        /// By what the enforcers are to hold, and nothing else.
        private Set<String> cutByEnforcers() {
            var names = new TreeSet<String>();
            for (var name : HOSTS) {
                story.desired(name).deny(id).stream()
                        .flatMap(deny -> deny.subjects().stream())
                        .map(subject -> ((Subject.Cgroup) subject).path().value().substring(1))
                        .forEach(names::add);
            }
            assertThat(story.estate.enforcersHolding(id)).isEqualTo(holding());
            return names;
        }

        private Set<dev.firebreak.eventlog.term.EnforcerName> holding() {
            return HOSTS.stream()
                    .filter(name -> story.desired(name).deny(id).isPresent())
                    .map(Story::host)
                    .collect(java.util.stream.Collectors.toSet());
        }

        private static String name(int number) {
            return "shop/w" + number;
        }
    }
}
