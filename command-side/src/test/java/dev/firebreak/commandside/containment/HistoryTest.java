package dev.firebreak.commandside.containment;

import static dev.firebreak.commandside.Cast.ABE;
import static dev.firebreak.commandside.Cast.ADA;
import static dev.firebreak.commandside.Cast.ANN;
import static dev.firebreak.commandside.Cast.BOT;
import static dev.firebreak.commandside.Cast.NOON;
import static dev.firebreak.commandside.Cast.RITA;
import static dev.firebreak.commandside.Cast.ROB;
import static dev.firebreak.commandside.Cast.VERA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.commandside.Cast;
import dev.firebreak.commandside.guardrail.Guardrails;
import dev.firebreak.eventlog.event.containment.ContainmentEvent;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ApprovalRequired;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.Contained;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentApproved;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentDeclined;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentExtended;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentLifted;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentOrdered;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentReleased;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentRequested;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentShortened;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.EnforcementReported;
import dev.firebreak.eventlog.event.containment.ReleaseCause;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.PartReport;
import dev.firebreak.eventlog.term.PartState;
import dev.firebreak.eventlog.term.PlanHash;
import dev.firebreak.eventlog.term.Responder;
import dev.firebreak.eventlog.term.ResponderName;
import dev.firebreak.eventlog.term.Ttl;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Whatever anybody asks in whatever order: what must never happen does not.
class HistoryTest {

    private static final int HISTORIES = 3_000;
    private static final int COMMANDS = 60;
    private static final Set<ResponderName> MAY_APPROVE =
            Set.of(ANN.name(), ABE.name(), ADA.name());
    private static final List<Responder> CAST = List.of(VERA, ROB, RITA, ANN, ABE, ADA, BOT);
    private static final List<EnforcerName> ENFORCERS =
            List.of(Story.WEB_1, Story.WEB_2, Story.WEB_3);

    @Test
    void no_history_breaks_what_is_promised() {
        var kindsSeen = new HashMap<Class<?>, Integer>();
        for (var seed = 0; seed < HISTORIES; seed++) {
            var events = history(new Random(seed));
            check(seed, events);
            events.forEach(event -> kindsSeen.merge(event.getClass(), 1, Integer::sum));
        }
        // A history that never gets anywhere would promise anything.
        assertThat(kindsSeen.keySet())
                .containsExactlyInAnyOrder(ContainmentEvent.class.getPermittedSubclasses());
    }

    @Test
    void a_history_folds_to_the_same_state_however_often_it_is_read() {
        for (var seed = 0; seed < 200; seed++) {
            var story = lived(new Random(seed));
            var again = Containment.UNASKED;
            for (var event : story.events()) {
                again = Containment.evolve(again, event);
            }
            assertThat(again).isEqualTo(story.state());
        }
    }

    private static List<ContainmentEvent> history(Random random) {
        return lived(random).events();
    }

    private static Story lived(Random random) {
        var story = Story.untold();
        var now = NOON;
        for (var i = 0; i < COMMANDS; i++) {
            now = now.plusSeconds(random.nextInt(300));
            // Now and then a command was given by a clock that is behind.
            var at = random.nextInt(10) == 0 ? now.minusSeconds(30) : now;
            story.when(command(random, at, story));
        }
        return story;
    }

    private static ContainmentCommand command(Random random, Instant at, Story story) {
        var by = CAST.get(random.nextInt(CAST.size()));
        var ttl = Ttl.ofMinutes(1 + random.nextInt(120));
        return switch (random.nextInt(18)) {
            case 0, 1 -> Story.request(plan(random), ttl, by, at);
            case 2, 3 -> Story.approve(hash(random, story), by, at);
            case 4 -> random.nextInt(4) == 0 ? Story.decline(by, at) : Story.lapse(at);
            case 5 -> Story.extend(ttl, by, at);
            case 6 -> Story.shorten(ttl, by, at);
            case 7 -> Story.expire(at);
            case 8 ->
                    Story.release(
                            random.nextInt(4) == 0 ? ReleaseCause.PERSON : ReleaseCause.EXPIRY,
                            by,
                            at);
            case 9, 10 -> Story.leftOut(random.nextInt(4), at);
            default ->
                    Story.reports(
                            at,
                            Stream.generate(() -> report(random, at))
                                    .limit(random.nextInt(4))
                                    .toArray(PartReport[]::new));
        };
    }

    private static dev.firebreak.eventlog.term.Plan plan(Random random) {
        return Story.plan(
                random.nextBoolean() ? Story.SMALL : Story.LARGE, Story.WEB_1, Story.WEB_2);
    }

    private static PlanHash hash(Random random, Story story) {
        return random.nextInt(4) > 0 && story.state() instanceof Containment.Awaiting
                ? story.planHash()
                : plan(random).hash();
    }

    private static PartReport report(Random random, Instant at) {
        var states = PartState.values();
        return Story.report(
                ENFORCERS.get(random.nextInt(ENFORCERS.size())),
                random.nextInt(12),
                states[random.nextInt(states.length)],
                at.minusSeconds(random.nextInt(60)));
    }

    private static void check(int seed, List<ContainmentEvent> events) {
        var parts = new HashMap<EnforcerName, PartReport>();
        var requests = new ArrayList<ContainmentRequested>();
        var needed = new ArrayList<ApprovalRequired>();
        var approved = new ArrayList<ContainmentApproved>();
        Instant ordered = Instant.MAX;
        Instant end = Instant.MAX;
        var running = false;
        var releases = 0;
        var leftOut = 0;
        for (var event : events) {
            switch (event) {
                case ContainmentRequested asked -> {
                    assertThat(requests).as("seed %d: asked for twice", seed).isEmpty();
                    requests.add(asked);
                }
                case ApprovalRequired approval -> needed.add(approval);
                case ContainmentApproved yes -> {
                    approved.add(yes);
                    assertThat(yes.by()).as("seed %d", seed).isIn(MAY_APPROVE);
                    assertThat(yes.by()).isNotEqualTo(requests.getFirst().by());
                    assertThat(yes.plan()).isEqualTo(needed.getFirst().plan());
                    assertThat(yes.at()).isBefore(needed.getFirst().lapsesAt());
                }
                case ContainmentDeclined _ ->
                        assertThat(approved).as("seed %d: no after yes", seed).isEmpty();
                case ContainmentOrdered order -> {
                    assertThat(approved.size() == needed.size())
                            .as("seed %d: ordered without the approval it needs", seed)
                            .isTrue();
                    ordered = order.at();
                    end = order.expiresAt();
                    running = true;
                }
                case ContainmentEvent.MembersLeftOut left -> {
                    assertThat(running).isTrue();
                    assertThat(left.leftOut())
                            .as("seed %d: said twice", seed)
                            .isNotEqualTo(leftOut);
                    leftOut = left.leftOut();
                }
                case EnforcementReported reported ->
                        reported.reports().forEach(r -> parts.put(r.enforcer(), r));
                case Contained _ -> {
                    assertThat(running).isTrue();
                    assertAllInForce(seed, parts);
                }
                case ContainmentEvent.ContainedExcept except ->
                        except.except()
                                .forEach(e ->
                                        assertThat(inForce(parts, e))
                                                .as("seed %d", seed)
                                                .isFalse());
                case ContainmentExtended extended -> {
                    assertThat(running && extended.at().isBefore(end))
                            .as("seed %d: extended after its end", seed)
                            .isTrue();
                    end = extended.expiresAt();
                    assertBounded(seed, Duration.between(extended.at(), end));
                }
                case ContainmentShortened shortened -> {
                    assertThat(shortened.expiresAt()).as("seed %d", seed).isBefore(end);
                    end = shortened.expiresAt();
                }
                case ContainmentReleased released -> {
                    releases++;
                    assertThat(running).isTrue();
                    running = false;
                    assertThat(
                                    released.cause() == ReleaseCause.EXPIRY
                                            && released.at().isBefore(end))
                            .as("seed %d: expired early", seed)
                            .isFalse();
                }
                case ContainmentLifted _ -> {
                    assertThat(running).isFalse();
                    parts.values()
                            .forEach(r ->
                                    assertThat(r.state().isInForce()).as("%s", seed).isFalse());
                }
            }
        }
        assertThat(releases).as("seed %d: released more than once", seed).isLessThan(2);
        if (!end.equals(Instant.MAX)) {
            assertThat(Duration.between(ordered, end)).isLessThan(Guardrails.LONGEST_LIFE);
        }
    }

    private static void assertBounded(int seed, Duration left) {
        assertThat(left)
                .as("seed %d: more is left than any role may order", seed)
                .isLessThanOrEqualTo(Cast.GUARDRAILS.admin().longest());
    }

    private static void assertAllInForce(int seed, Map<EnforcerName, PartReport> parts) {
        assertThat(parts.keySet()).as("seed %d", seed).contains(Story.WEB_1, Story.WEB_2);
        assertThat(parts.values())
                .as("seed %d: contained with a part that does not hold", seed)
                .allMatch(report -> report.state().isInForce());
    }

    private static boolean inForce(Map<EnforcerName, PartReport> parts, EnforcerName enforcer) {
        var report = parts.get(enforcer);
        return report != null && report.state().isInForce();
    }

    @Test
    void an_event_that_cannot_follow_is_a_defect_and_not_a_state() {
        var released = Story.released(Story.WEB_1).events();

        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> Containment.evolve(Containment.UNASKED, released.getLast()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(Story.ID.value());
    }
}
