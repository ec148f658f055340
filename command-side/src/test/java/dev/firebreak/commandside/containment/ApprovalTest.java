package dev.firebreak.commandside.containment;

import static dev.firebreak.commandside.Cast.ABE;
import static dev.firebreak.commandside.Cast.ADA;
import static dev.firebreak.commandside.Cast.ANN;
import static dev.firebreak.commandside.Cast.BOT;
import static dev.firebreak.commandside.Cast.NOON;
import static dev.firebreak.commandside.Cast.RITA;
import static dev.firebreak.commandside.Cast.ROB;
import static dev.firebreak.commandside.Cast.VERA;
import static dev.firebreak.commandside.Cast.person;
import static dev.firebreak.commandside.containment.Outcomes.kinds;
import static dev.firebreak.commandside.containment.Outcomes.refused;
import static dev.firebreak.commandside.containment.Outcomes.stands;
import static dev.firebreak.commandside.containment.Story.SMALL;
import static dev.firebreak.commandside.containment.Story.WEB_1;
import static dev.firebreak.commandside.containment.Story.approve;
import static dev.firebreak.commandside.containment.Story.decline;
import static dev.firebreak.commandside.containment.Story.lapse;
import static dev.firebreak.commandside.containment.Story.plan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.commandside.command.RefusalCode;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentDeclined;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentOrdered;
import dev.firebreak.eventlog.event.containment.Decline;
import dev.firebreak.eventlog.term.Role;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ApprovalTest {

    private static final Instant LATER = NOON.plusSeconds(60);
    private static final Instant LAPSE = NOON.plus(Duration.ofMinutes(10));

    @Test
    void a_second_persons_yes_orders_it_and_its_time_runs_from_then() {
        var story = Story.awaiting();

        var decision = story.when(approve(story.planHash(), ANN, LATER));

        assertThat(kinds(decision)).containsExactly("ContainmentApproved", "ContainmentOrdered");
        assertThat(((ContainmentOrdered) decision.events().getLast()).expiresAt())
                .isEqualTo(LATER.plus(Duration.ofMinutes(30)));
    }

    @Test
    void neither_viewers_nor_responders_nor_automations_approve() {
        for (var by : java.util.List.of(VERA, ROB, RITA, BOT)) {
            var story = Story.awaiting();
            refused(story.when(approve(story.planHash(), by, LATER)), RefusalCode.NOT_PERMITTED);
        }
    }

    @Test
    void who_asked_cannot_approve_whatever_role_they_have_got_since() {
        var robAsAdmin = person("rob", Role.ADMIN);
        var story = Story.awaiting();

        refused(
                story.when(approve(story.planHash(), robAsAdmin, LATER)),
                RefusalCode.SELF_APPROVAL);
    }

    @Test
    void an_approval_of_another_plan_approves_nothing() {
        var story = Story.awaiting();

        refused(
                story.when(approve(plan(SMALL, WEB_1).hash(), ANN, LATER)),
                RefusalCode.PLAN_CHANGED);
        assertThat(story.state()).isInstanceOf(Containment.Awaiting.class);
    }

    @Test
    void a_yes_in_the_last_moment_counts_and_one_at_the_deadline_does_not() {
        var inTime = Story.awaiting();
        var tooLate = Story.awaiting();

        kinds(inTime.when(approve(inTime.planHash(), ANN, LAPSE.minusNanos(1))));
        refused(
                tooLate.when(approve(tooLate.planHash(), ANN, LAPSE)),
                RefusalCode.NOT_AWAITING_APPROVAL);
    }

    @Test
    void a_second_approval_changes_nothing() {
        var story = Story.approvedByAnn();

        assertThat(stands(story.when(approve(plan(SMALL, WEB_1).hash(), ABE, LATER))))
                .contains("ann");
    }

    @Test
    void what_needs_no_approval_cannot_be_approved() {
        refused(
                Story.running(WEB_1).when(approve(plan(SMALL, WEB_1).hash(), ANN, LATER)),
                RefusalCode.NOT_AWAITING_APPROVAL);
    }

    @Test
    void nobodys_yes_in_time_is_a_no() {
        var decision = Story.awaiting().when(lapse(LAPSE));

        var no = (ContainmentDeclined) decision.events().getFirst();
        assertThat(no.cause()).isEqualTo(Decline.LAPSED);
        assertThat(no.by().value()).isEqualTo("firebreak");
    }

    @Test
    void an_approval_does_not_lapse_before_its_time_nor_after_it_was_given() {
        refused(Story.awaiting().when(lapse(LAPSE.minusNanos(1))), RefusalCode.NOT_YET_DUE);
        stands(Story.approvedByAnn().when(lapse(LAPSE)));
    }

    @Test
    void who_asked_may_take_it_back_and_an_approver_may_say_no() {
        var withdrawn = Story.awaiting().when(decline(ROB, LATER)).events().getFirst();
        var refused = Story.awaiting().when(decline(ANN, LATER)).events().getFirst();

        assertThat(((ContainmentDeclined) withdrawn).cause()).isEqualTo(Decline.WITHDRAWN);
        assertThat(((ContainmentDeclined) refused).cause()).isEqualTo(Decline.REFUSED);
    }

    @Test
    void another_responder_may_not_decline_it() {
        refused(Story.awaiting().when(decline(RITA, LATER)), RefusalCode.NOT_PERMITTED);
        refused(Story.awaiting().when(decline(VERA, LATER)), RefusalCode.NOT_PERMITTED);
        refused(
                Story.awaiting().when(decline(person("rob", Role.VIEWER), LATER)),
                RefusalCode.NOT_PERMITTED);
    }

    @Test
    void after_a_no_there_is_nothing_to_approve_and_a_second_no_changes_nothing() {
        var story = Story.awaiting();
        var hash = story.planHash();
        story.when(decline(ANN, LATER));

        assertThat(refused(story.when(approve(hash, ADA, LATER)), RefusalCode.ALREADY_ENDED))
                .contains("declined by ann");
        stands(story.when(decline(ADA, LATER)));
        stands(story.when(lapse(LAPSE)));
    }
}
