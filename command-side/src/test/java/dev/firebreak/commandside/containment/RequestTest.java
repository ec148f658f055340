package dev.firebreak.commandside.containment;

import static dev.firebreak.commandside.Cast.ANN;
import static dev.firebreak.commandside.Cast.BOT;
import static dev.firebreak.commandside.Cast.FROZEN;
import static dev.firebreak.commandside.Cast.NOON;
import static dev.firebreak.commandside.Cast.RITA;
import static dev.firebreak.commandside.Cast.ROB;
import static dev.firebreak.commandside.Cast.VERA;
import static dev.firebreak.commandside.containment.Outcomes.kinds;
import static dev.firebreak.commandside.containment.Outcomes.refused;
import static dev.firebreak.commandside.containment.Outcomes.stands;
import static dev.firebreak.commandside.containment.Story.HALF_AN_HOUR;
import static dev.firebreak.commandside.containment.Story.LARGE;
import static dev.firebreak.commandside.containment.Story.SMALL;
import static dev.firebreak.commandside.containment.Story.WEB_1;
import static dev.firebreak.commandside.containment.Story.ask;
import static dev.firebreak.commandside.containment.Story.plan;
import static dev.firebreak.commandside.containment.Story.planWithGaps;
import static dev.firebreak.commandside.containment.Story.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.commandside.command.RefusalCode;
import dev.firebreak.commandside.guardrail.Guardrails;
import dev.firebreak.commandside.guardrail.KnownFacts;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ApprovalRequired;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentOrdered;
import dev.firebreak.eventlog.term.CgroupPath;
import dev.firebreak.eventlog.term.Effect;
import dev.firebreak.eventlog.term.Gap;
import dev.firebreak.eventlog.term.Part;
import dev.firebreak.eventlog.term.Plan;
import dev.firebreak.eventlog.term.Reach;
import dev.firebreak.eventlog.term.Subject;
import dev.firebreak.eventlog.term.Ttl;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestTest {

    @Test
    void a_small_request_is_ordered_at_once_until_its_time_is_up() {
        var decision = Story.untold().when(request(plan(SMALL, WEB_1), ROB));

        assertThat(kinds(decision)).containsExactly("ContainmentRequested", "ContainmentOrdered");
        assertThat(((ContainmentOrdered) decision.events().getLast()).expiresAt())
                .isEqualTo(NOON.plus(Duration.ofMinutes(30)));
    }

    @Test
    void a_viewer_may_not_contain() {
        var sentence =
                refused(
                        Story.untold().when(request(plan(SMALL, WEB_1), VERA)),
                        RefusalCode.NOT_PERMITTED);

        assertThat(sentence).contains("vera", "a viewer", "a responder");
    }

    @Test
    void automation_is_held_back_by_a_freeze_and_people_are_not() {
        refused(
                new Story(FROZEN).when(request(plan(SMALL, WEB_1), BOT)),
                RefusalCode.AUTOMATION_FROZEN);
        assertThat(kinds(new Story(FROZEN).when(request(plan(SMALL, WEB_1), ROB)))).hasSize(2);
        assertThat(kinds(Story.untold().when(request(plan(SMALL, WEB_1), BOT)))).hasSize(2);
    }

    @Test
    void a_protected_scope_is_named_and_not_cut() {
        var plan =
                new Plan(
                        Story.ASK,
                        plan(SMALL, WEB_1).parts(),
                        List.of(),
                        SMALL,
                        List.of("workload/kube-system/dns"));

        var sentence =
                refused(Story.untold().when(request(plan, ANN)), RefusalCode.PROTECTED_SCOPE);

        assertThat(sentence).contains("workload/kube-system/dns");
    }

    @Test
    void what_is_protected_is_said_with_one_full_stop() {
        var plan =
                new Plan(
                        Story.ASK,
                        plan(SMALL, WEB_1).parts(),
                        List.of(),
                        SMALL,
                        List.of("workload/kube-system/dns is protected."));

        var sentence =
                refused(Story.untold().when(request(plan, ANN)), RefusalCode.PROTECTED_SCOPE);

        assertThat(sentence)
                .contains("workload/kube-system/dns is protected. Nothing was changed.");
    }

    @Test
    void a_plan_that_the_log_does_not_take_is_refused_with_what_to_do() {
        var subjects =
                IntStream.range(0, 1_000)
                        .<Subject>mapToObj(
                                i -> new Subject.Cgroup(new CgroupPath("/" + "x".repeat(800) + i)))
                        .toList();
        var parts = List.of(new Part(WEB_1, subjects, List.of()));
        var plan = new Plan(Story.ASK, parts, List.of(), SMALL, List.of());

        var sentence = refused(Story.untold().when(request(plan, ROB)), RefusalCode.TOO_LARGE);

        assertThat(sentence).contains("Nothing was changed", "--on");
    }

    @Test
    void a_plan_that_nobody_can_hold_is_refused_and_tells_the_gaps() {
        var plan = planWithGaps(new Gap("payments/checkout", "no agent on host db-3."));

        var sentence =
                refused(Story.untold().when(request(plan, ROB)), RefusalCode.NOTHING_TO_CONTAIN);

        assertThat(sentence).contains("payments/checkout (no agent on host db-3)");
    }

    @Test
    void an_emergency_allow_needs_a_baseline() {
        var plan =
                new Plan(
                        ask(Effect.ALLOW, "payments/checkout"),
                        plan(SMALL, WEB_1).parts(),
                        List.of(),
                        SMALL,
                        List.of());

        refused(Story.untold().when(request(plan, ANN)), RefusalCode.NO_BASELINE);
    }

    @ParameterizedTest
    @CsvSource({
        "rob, 59s, TTL_TOO_SHORT",
        "rob, 4h1s, TTL_TOO_LONG",
        "ann, 59s, TTL_TOO_SHORT",
        "ann, 24h1s, TTL_TOO_LONG"
    })
    void a_time_to_live_outside_the_bounds_of_the_role_is_refused(
            String who, String ttl, RefusalCode code) {
        var by = who.equals("rob") ? ROB : ANN;

        refused(Story.untold().when(request(plan(SMALL, WEB_1), Ttl.parse(ttl), by, NOON)), code);
    }

    @ParameterizedTest
    @CsvSource({"rob, 5h, true", "rob, 25h, false", "ann, 25h, false"})
    void an_approver_is_named_only_where_one_could_order_it(String who, String ttl, boolean helps) {
        var by = who.equals("rob") ? ROB : ANN;

        var sentence =
                refused(
                        Story.untold().when(request(plan(SMALL, WEB_1), Ttl.parse(ttl), by, NOON)),
                        RefusalCode.TTL_TOO_LONG);

        assertThat(sentence.contains("have an approver ask")).as(sentence).isEqualTo(helps);
    }

    @ParameterizedTest
    @CsvSource({"rob, 1m", "rob, 4h", "ann, 1m", "ann, 24h"})
    void a_time_to_live_on_the_bound_is_taken(String who, String ttl) {
        var by = who.equals("rob") ? ROB : ANN;

        kinds(Story.untold().when(request(plan(SMALL, WEB_1), Ttl.parse(ttl), by, NOON)));
    }

    @ParameterizedTest
    @CsvSource({
        // members, fleet, responder alone, approver alone
        "1, 3, true, true",
        "2, 3, true, true",
        "3, 3, false, false",
        "3, 12, false, true",
        "5, 50, true, true",
        "6, 100, false, true",
        "25, 100, false, true",
        "26, 1000, false, false",
        "0, 0, true, true"
    })
    void what_is_large_needs_a_second_person(
            int members, int fleet, boolean responderAlone, boolean approverAlone) {
        var plan = plan(new Reach(members, fleet, List.of(), List.of()), WEB_1);

        assertThat(kinds(Story.untold().when(request(plan, ROB))).contains("ContainmentOrdered"))
                .isEqualTo(responderAlone);
        assertThat(kinds(Story.untold().when(request(plan, ANN))).contains("ContainmentOrdered"))
                .isEqualTo(approverAlone);
    }

    @ParameterizedTest
    @CsvSource({"0, true", "4, true", "5, false", "29, false"})
    void what_was_cut_off_alone_before_counts_too(int before, boolean alone) {
        var plan = plan(new Reach(1, 400, List.of(), List.of()), WEB_1);

        var decision = new Story(havingCut(before)).when(request(plan, ROB));

        assertThat(kinds(decision).contains("ContainmentOrdered")).isEqualTo(alone);
    }

    @Test
    void the_need_for_a_second_person_says_what_was_cut_off_before() {
        var plan = plan(new Reach(2, 400, List.of(), List.of()), WEB_1);

        var decision = new Story(havingCut(4)).when(request(plan, ROB));

        assertThat(((ApprovalRequired) decision.events().getLast()).because())
                .isEqualTo(
                        "together with the 4 that rob has cut off alone already, it touches 6"
                                + " workloads, more than the 5 that a responder may cut off alone");
    }

    @Test
    void one_that_is_ordered_alone_may_grow_to_what_is_left() {
        var plan = plan(new Reach(1, 400, List.of(), List.of()), WEB_1);

        var decision = new Story(havingCut(3)).when(request(plan, ROB));

        assertThat(((ContainmentOrdered) decision.events().getLast()).atMost()).isEqualTo(2);
    }

    @Test
    void nothing_is_promised_twice_of_what_may_still_be_cut_off_alone() {
        var plan = plan(new Reach(1, 400, List.of(), List.of()), WEB_1);

        var decision = new Story(having(1, 2)).when(request(plan, ROB));

        assertThat(((ContainmentOrdered) decision.events().getLast()).atMost()).isEqualTo(2);
    }

    private static Guardrails havingCut(int workloads) {
        return having(workloads, 0);
    }

    private static Guardrails having(int cut, int toGrow) {
        return Guardrails.defaults(
                new KnownFacts(
                        false,
                        Set.of(),
                        Map.of(),
                        Map.of(ROB.name(), cut),
                        Map.of(ROB.name(), toGrow),
                        List.of()));
    }

    @Test
    void the_need_for_a_second_person_comes_with_its_reason_and_a_deadline() {
        var plan = plan(LARGE, WEB_1);

        var decision = Story.untold().when(request(plan, ROB));

        var needed = (ApprovalRequired) decision.events().getLast();
        assertThat(needed.because())
                .isEqualTo(
                        "it touches 12 workloads, more than the 5 that a responder may cut off"
                                + " alone");
        assertThat(needed.lapsesAt()).isEqualTo(NOON.plus(Duration.ofMinutes(10)));
        assertThat(needed.plan()).isEqualTo(plan.hash());
    }

    @Test
    void the_same_request_while_it_runs_is_the_same_containment() {
        var story = Story.running(WEB_1);

        var sentence =
                stands(
                        story.when(
                                request(
                                        plan(SMALL, WEB_1),
                                        HALF_AN_HOUR,
                                        RITA,
                                        NOON.plusSeconds(600))));

        assertThat(sentence).contains("until 2026-11-01 12:30:00 UTC (20m from now)", "extend");
    }

    @Test
    void the_same_request_while_it_waits_is_the_same_containment() {
        assertThat(stands(Story.awaiting().when(request(plan(LARGE, WEB_1), RITA))))
                .contains("rob", "until 2026-11-01 12:10:00 UTC", "approve");
    }

    @Test
    void a_request_on_a_stream_that_is_over_is_to_be_asked_anew() {
        var again = request(plan(SMALL, WEB_1), HALF_AN_HOUR, ROB, NOON.plusSeconds(90));

        refused(Story.released(WEB_1).when(again), RefusalCode.CONFLICT);
    }

    @Test
    void a_request_at_the_very_end_is_not_answered_by_what_is_just_ending() {
        var atTheEnd = NOON.plus(Duration.ofMinutes(30));

        refused(
                Story.running(WEB_1).when(request(plan(SMALL, WEB_1), HALF_AN_HOUR, ROB, atTheEnd)),
                RefusalCode.CONFLICT);
        refused(
                Story.awaiting()
                        .when(
                                request(
                                        plan(LARGE, WEB_1),
                                        HALF_AN_HOUR,
                                        ROB,
                                        NOON.plus(Duration.ofMinutes(10)))),
                RefusalCode.CONFLICT);
    }

    @Test
    void another_ask_under_the_same_name_is_never_taken_for_this_one() {
        var other =
                new Plan(
                        ask(Effect.DENY, "payments/ledger"),
                        plan(SMALL, WEB_1).parts(),
                        List.of(),
                        SMALL,
                        List.of());

        refused(Story.running(WEB_1).when(request(other, ROB)), RefusalCode.CONFLICT);
        refused(Story.awaiting().when(request(other, ROB)), RefusalCode.CONFLICT);
    }
}
