package dev.firebreak.commandside.containment;

import static dev.firebreak.commandside.Cast.NOON;
import static dev.firebreak.commandside.Cast.ROB;
import static dev.firebreak.commandside.containment.Outcomes.kinds;
import static dev.firebreak.commandside.containment.Outcomes.refused;
import static dev.firebreak.commandside.containment.Outcomes.stands;
import static dev.firebreak.commandside.containment.Story.SMALL;
import static dev.firebreak.commandside.containment.Story.WEB_1;
import static dev.firebreak.commandside.containment.Story.WEB_2;
import static dev.firebreak.commandside.containment.Story.WEB_3;
import static dev.firebreak.commandside.containment.Story.release;
import static dev.firebreak.commandside.containment.Story.report;
import static dev.firebreak.commandside.containment.Story.reports;
import static dev.firebreak.eventlog.term.PartState.HELD;
import static dev.firebreak.eventlog.term.PartState.HELD_EXCEPT;
import static dev.firebreak.eventlog.term.PartState.LIFTED;
import static dev.firebreak.eventlog.term.PartState.PENDING;
import static dev.firebreak.eventlog.term.PartState.REJECTED;
import static dev.firebreak.eventlog.term.PartState.UNKNOWN;
import static dev.firebreak.eventlog.term.PartState.UNREACHABLE;
import static dev.firebreak.eventlog.term.PartState.VERIFIED;
import static dev.firebreak.eventlog.term.PartState.WAITING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.commandside.command.RefusalCode;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.Contained;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainedExcept;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.EnforcementReported;
import dev.firebreak.eventlog.event.containment.ReleaseCause;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.Gap;
import dev.firebreak.eventlog.term.PartReport;
import dev.firebreak.eventlog.term.PartState;
import dev.firebreak.eventlog.term.Plan;
import dev.firebreak.eventlog.term.Sessions;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class ReportTest {

    private static final Instant SOON = NOON.plusSeconds(5);

    @Test
    void it_is_contained_when_every_part_is_in_force() {
        var story = Story.running(WEB_1, WEB_2);

        var first = story.when(reports(SOON, report(WEB_1, 7, HELD)));
        var second = story.when(reports(SOON, report(WEB_2, 7, VERIFIED)));

        assertThat(kinds(first)).containsExactly("EnforcementReported");
        assertThat(kinds(second)).containsExactly("EnforcementReported", "Contained");
        assertThat(((Contained) second.events().getLast()).verified()).containsExactly(WEB_2);
    }

    @Test
    void whom_its_plan_could_not_cover_is_named_when_every_part_is_in_force() {
        var gaps = Collections.nCopies(Contained.MAX_NAMED + 5, new Gap("shop/x", "it is away"));
        var story = Story.untold();
        var plan = Story.plan(SMALL, WEB_1);
        var lacking = new Plan(plan.ask(), plan.parts(), gaps, plan.reach(), plan.protectedBy());
        story.when(Story.request(lacking, ROB));

        var decision = story.when(reports(SOON, report(WEB_1, 7, HELD)));

        assertThat(((Contained) decision.events().getLast()).gaps())
                .hasSize(Contained.MAX_NAMED)
                .startsWith(gaps.getFirst())
                .endsWith(new Gap("6 more", "they are too many to be named"));
    }

    @Test
    void many_reports_in_one_command_are_one_event() {
        var decision =
                Story.running(WEB_1, WEB_2)
                        .when(reports(SOON, report(WEB_1, 7, HELD), report(WEB_2, 7, HELD)));

        assertThat(kinds(decision)).containsExactly("EnforcementReported", "Contained");
        assertThat(((EnforcementReported) decision.events().getFirst()).reports()).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(
            value = PartState.class,
            mode = Mode.EXCLUDE,
            names = {"HELD", "VERIFIED", "PENDING"})
    void one_part_that_does_not_hold_is_named(PartState state) {
        var decision =
                Story.running(WEB_1, WEB_2)
                        .when(reports(SOON, report(WEB_1, 7, HELD), report(WEB_2, 7, state)));

        assertThat(kinds(decision)).containsExactly("EnforcementReported", "ContainedExcept");
        assertThat(((ContainedExcept) decision.events().getLast()).except()).containsExactly(WEB_2);
    }

    @Test
    void somebody_else_who_is_left_open_is_news_and_the_same_again_is_not() {
        var story = Story.running(WEB_1);
        var late = new Gap("shop/late", "it lies elsewhere");
        var later = new Gap("shop/later", "it lies elsewhere");

        assertThat(kinds(story.when(reports(SOON, heldExcept(7, late)))))
                .containsExactly("EnforcementReported", "ContainedExcept");
        assertThat(kinds(story.when(reports(SOON, heldExcept(7, late, later)))))
                .containsExactly("EnforcementReported");
        assertThat(stands(story.when(reports(SOON, heldExcept(8, late, later))))).isNotNull();
        assertThat(kinds(story.when(reports(SOON, report(WEB_1, 8, HELD)))))
                .containsExactly("EnforcementReported", "Contained");
    }

    @Test
    void a_part_that_holds_for_some_is_not_lifted_before_it_says_so() {
        var story = Story.running(WEB_1);
        story.when(reports(SOON, heldExcept(7, new Gap("shop/late", "it lies elsewhere"))));
        story.when(release(ReleaseCause.PERSON, ROB, SOON));

        assertThat(kinds(story.when(reports(SOON, report(WEB_1, 8, LIFTED)))))
                .containsExactly("EnforcementReported", "ContainmentLifted");
    }

    @Test
    void reports_that_have_much_to_say_are_as_many_events_as_the_log_takes() {
        var gaps =
                IntStream.range(0, PartReport.MAX_GAPS)
                        .mapToObj(_ -> new Gap("ü".repeat(400), "ü".repeat(700)))
                        .toArray(Gap[]::new);
        var many =
                IntStream.range(0, 100)
                        .mapToObj(i -> heldExcept(EnforcerName.parse("host/web-" + i), 7, gaps))
                        .toArray(PartReport[]::new);

        var decision = Story.running(WEB_1).when(reports(SOON, many));

        assertThat(decision.events())
                .filteredOn(EnforcementReported.class::isInstance)
                .hasSizeGreaterThan(5)
                .allSatisfy(event ->
                        assertThat(
                                        event.toString()
                                                .getBytes(java.nio.charset.StandardCharsets.UTF_8))
                                .hasSizeLessThan(1 << 20));
        assertThat(
                        decision.events().stream()
                                .filter(EnforcementReported.class::isInstance)
                                .mapToInt(event -> ((EnforcementReported) event).reports().size())
                                .sum())
                .isEqualTo(100);
    }

    private static PartReport heldExcept(long generation, Gap... gaps) {
        return heldExcept(WEB_1, generation, gaps);
    }

    private static PartReport heldExcept(EnforcerName enforcer, long generation, Gap... gaps) {
        return new PartReport(
                enforcer,
                generation,
                HELD_EXCEPT,
                "as seen",
                List.of(),
                List.of(gaps),
                Sessions.NONE,
                SOON);
    }

    @Test
    void while_one_part_has_not_answered_nothing_is_claimed() {
        var decision =
                Story.running(WEB_1, WEB_2, WEB_3)
                        .when(reports(SOON, report(WEB_1, 7, HELD), report(WEB_2, 7, REJECTED)));

        assertThat(kinds(decision)).containsExactly("EnforcementReported");
    }

    @Test
    void the_truth_is_told_again_only_when_it_has_changed() {
        var story = Story.running(WEB_1, WEB_2);
        story.when(reports(SOON, report(WEB_1, 7, HELD), report(WEB_2, 7, UNREACHABLE)));

        assertThat(kinds(story.when(reports(SOON, report(WEB_2, 8, UNREACHABLE)))))
                .containsExactly("EnforcementReported");
        assertThat(kinds(story.when(reports(SOON, report(WEB_2, 9, HELD)))))
                .containsExactly("EnforcementReported", "Contained");
        assertThat(kinds(story.when(reports(SOON, report(WEB_2, 10, UNKNOWN)))))
                .containsExactly("EnforcementReported", "ContainedExcept");
        assertThat(kinds(story.when(reports(SOON, report(WEB_1, 10, UNKNOWN)))))
                .containsExactly("EnforcementReported", "ContainedExcept");
    }

    @Test
    void a_probe_of_the_last_part_is_worth_telling_and_a_push_anew_takes_it_not_back() {
        var story = Story.running(WEB_1);

        assertThat(kinds(story.when(reports(SOON, report(WEB_1, 7, HELD)))))
                .containsExactly("EnforcementReported", "Contained");
        assertThat(kinds(story.when(reports(SOON, report(WEB_1, 8, VERIFIED)))))
                .containsExactly("EnforcementReported", "Contained");
        assertThat(kinds(story.when(reports(SOON, report(WEB_1, 9, HELD)))))
                .containsExactly("EnforcementReported");
        assertThat(
                        kinds(
                                story.when(
                                        reports(
                                                SOON,
                                                report(WEB_1, 9, VERIFIED, NOON.plusSeconds(99))))))
                .containsExactly("EnforcementReported");
    }

    @Test
    void a_report_heard_twice_is_one() {
        var story = Story.running(WEB_1);
        story.when(reports(SOON, report(WEB_1, 7, HELD)));

        stands(story.when(reports(SOON, report(WEB_1, 7, HELD))));
        stands(story.when(reports(SOON, report(WEB_1, 7, HELD, NOON.plusSeconds(60)))));
        stands(story.when(reports(SOON, report(WEB_1, 8, HELD))));
        stands(story.when(reports(SOON)));
    }

    @Test
    void the_same_report_twice_in_one_batch_is_one() {
        var decision =
                Story.running(WEB_1)
                        .when(reports(SOON, report(WEB_1, 7, HELD), report(WEB_1, 7, HELD)));

        assertThat(((EnforcementReported) decision.events().getFirst()).reports()).hasSize(1);
    }

    @Test
    void what_speaks_of_an_older_generation_is_not_believed() {
        var story = Story.running(WEB_1);
        story.when(reports(SOON, report(WEB_1, 7, REJECTED)));
        story.when(reports(SOON, report(WEB_1, 9, REJECTED)));

        stands(story.when(reports(SOON, report(WEB_1, 8, HELD, NOON.plusSeconds(99)))));
    }

    @Test
    void what_was_seen_earlier_and_arrives_later_is_not_believed() {
        var story = Story.running(WEB_1);
        story.when(reports(SOON, report(WEB_1, 7, UNKNOWN, NOON.plusSeconds(20))));

        stands(story.when(reports(SOON, report(WEB_1, 7, HELD, NOON.plusSeconds(10)))));
        kinds(story.when(reports(SOON, report(WEB_1, 7, HELD, NOON.plusSeconds(30)))));
    }

    @Test
    void what_is_said_of_an_enforcer_that_is_not_heard_counts_by_its_time() {
        var story = Story.running(WEB_1);
        story.when(reports(SOON, report(WEB_1, 7, HELD, NOON.plusSeconds(10))));

        stands(story.when(reports(SOON, report(WEB_1, 0, UNKNOWN, NOON.plusSeconds(9)))));
        assertThat(
                        kinds(
                                story.when(
                                        reports(
                                                SOON,
                                                report(WEB_1, 0, UNKNOWN, NOON.plusSeconds(20))))))
                .containsExactly("EnforcementReported", "ContainedExcept");
        stands(story.when(reports(SOON, report(WEB_1, 6, HELD, NOON.plusSeconds(30)))));
        assertThat(kinds(story.when(reports(SOON, report(WEB_1, 7, HELD, NOON.plusSeconds(30))))))
                .containsExactly("EnforcementReported", "Contained");
    }

    @Test
    void a_thousand_reports_are_split_into_events_that_the_log_can_take() {
        var all =
                IntStream.range(0, 450)
                        .mapToObj(i -> report(EnforcerName.parse("host/h-" + i), 7, HELD))
                        .toArray(PartReport[]::new);

        var decision = Story.running(WEB_1).when(reports(SOON, all));

        assertThat(decision.events())
                .extracting(event -> ((EnforcementReported) event).reports().size())
                .containsExactly(200, 200, 50);
    }

    @Test
    void an_enforcer_joins_when_the_membership_grows() {
        var story = Story.running(WEB_1);
        story.when(reports(SOON, report(WEB_1, 7, HELD)));

        var decision = story.when(reports(SOON, report(WEB_3, 9, REJECTED)));

        assertThat(((ContainedExcept) decision.events().getLast()).except()).containsExactly(WEB_3);
    }

    @Test
    void nobody_joins_by_holding_nothing() {
        stands(Story.running(WEB_1).when(reports(SOON, report(WEB_3, 9, LIFTED))));
    }

    @Test
    void letting_go_at_the_end_is_no_hole_in_the_containment() {
        var story = Story.running(WEB_1);
        story.when(reports(SOON, report(WEB_1, 7, HELD)));

        var atTheEnd = NOON.plus(Duration.ofMinutes(30));
        assertThat(kinds(story.when(reports(atTheEnd, report(WEB_1, 7, LIFTED, atTheEnd)))))
                .containsExactly("EnforcementReported");
    }

    @Test
    void it_is_lifted_when_every_part_that_may_hold_has_let_go() {
        var story = Story.running(WEB_1, WEB_2, WEB_3);
        story.when(
                reports(
                        SOON,
                        report(WEB_1, 7, HELD),
                        report(WEB_2, 7, UNREACHABLE),
                        report(WEB_3, 7, REJECTED)));
        story.when(release(ReleaseCause.PERSON, ROB, SOON));

        assertThat(kinds(story.when(reports(SOON, report(WEB_1, 8, LIFTED)))))
                .containsExactly("EnforcementReported");
        assertThat(kinds(story.when(reports(SOON, report(WEB_2, 8, LIFTED)))))
                .containsExactly("EnforcementReported", "ContainmentLifted");
    }

    @Test
    void a_no_to_a_later_order_does_not_mean_that_nothing_is_held() {
        var story = Story.running(WEB_1);
        story.when(reports(SOON, report(WEB_1, 7, HELD)));
        story.when(reports(SOON, report(WEB_1, 8, REJECTED)));
        story.when(release(ReleaseCause.PERSON, ROB, SOON));

        assertThat(story.state()).isInstanceOf(Containment.Releasing.class);
    }

    @Test
    void what_every_enforcer_rejected_is_lifted_with_its_release() {
        var story = Story.running(WEB_1);
        story.when(reports(SOON, report(WEB_1, 7, REJECTED)));

        assertThat(kinds(story.when(release(ReleaseCause.ROLLBACK, ROB, SOON))))
                .containsExactly("ContainmentReleased", "ContainmentLifted");
    }

    @Test
    void a_lift_that_failed_is_visible_and_holds_the_end_up() {
        var story = Story.running(WEB_1);
        story.when(reports(SOON, report(WEB_1, 7, HELD)));
        story.when(release(ReleaseCause.PERSON, ROB, SOON));

        assertThat(kinds(story.when(reports(SOON, report(WEB_1, 8, UNREACHABLE)))))
                .containsExactly("EnforcementReported");
        assertThat(kinds(story.when(reports(SOON, report(WEB_1, 9, LIFTED)))))
                .containsExactly("EnforcementReported", "ContainmentLifted");
    }

    @Test
    void a_late_answer_to_the_order_does_not_undo_the_lift() {
        var story = lifted();

        stands(story.when(reports(SOON, report(WEB_1, 7, HELD, NOON.plusSeconds(99)))));
        stands(story.when(reports(SOON, report(WEB_1, 8, LIFTED, NOON.plusSeconds(99)))));
        stands(story.when(reports(SOON, report(WEB_1, 9, UNREACHABLE))));
    }

    @Test
    void what_turns_up_again_after_the_lift_is_visible_until_it_is_gone() {
        var story = lifted();

        assertThat(kinds(story.when(reports(SOON, report(WEB_1, 9, HELD)))))
                .containsExactly("EnforcementReported");
        assertThat(story.state()).isInstanceOf(Containment.Releasing.class);
        assertThat(kinds(story.when(reports(SOON, report(WEB_1, 10, LIFTED)))))
                .containsExactly("EnforcementReported", "ContainmentLifted");
    }

    @Test
    void nothing_is_reported_of_what_was_never_ordered() {
        refused(
                Story.awaiting().when(reports(SOON, report(WEB_1, 7, HELD))),
                RefusalCode.NOT_ACTIVE);
    }

    @Test
    void pending_and_waiting_are_never_taken_for_holding() {
        var pending = Story.running(WEB_1);
        var waiting = Story.running(WEB_1);

        assertThat(kinds(pending.when(reports(SOON, pendingReport()))))
                .containsExactly("EnforcementReported");
        assertThat(kinds(waiting.when(reports(SOON, report(WEB_1, 7, WAITING)))))
                .containsExactly("EnforcementReported", "ContainedExcept");
    }

    private static PartReport pendingReport() {
        return report(WEB_1, 7, PENDING);
    }

    private static Story lifted() {
        var story = Story.running(WEB_1);
        story.when(reports(SOON, report(WEB_1, 7, HELD)));
        story.when(release(ReleaseCause.PERSON, ROB, SOON));
        story.when(reports(SOON, report(WEB_1, 8, LIFTED)));
        return story;
    }
}
