package dev.firebreak.commandside.containment;

import static dev.firebreak.commandside.Cast.ABE;
import static dev.firebreak.commandside.Cast.ADA;
import static dev.firebreak.commandside.Cast.ANN;
import static dev.firebreak.commandside.Cast.BOT;
import static dev.firebreak.commandside.Cast.FROZEN;
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
import static dev.firebreak.commandside.containment.Story.decline;
import static dev.firebreak.commandside.containment.Story.expire;
import static dev.firebreak.commandside.containment.Story.extend;
import static dev.firebreak.commandside.containment.Story.plan;
import static dev.firebreak.commandside.containment.Story.release;
import static dev.firebreak.commandside.containment.Story.request;
import static dev.firebreak.commandside.containment.Story.shorten;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firebreak.commandside.command.RefusalCode;
import dev.firebreak.commandside.containment.ContainmentCommand.ReleaseContainment;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentExtended;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentReleased;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentShortened;
import dev.firebreak.eventlog.event.containment.ReleaseCause;
import dev.firebreak.eventlog.term.InvalidTerm;
import dev.firebreak.eventlog.term.Responder;
import dev.firebreak.eventlog.term.Role;
import dev.firebreak.eventlog.term.Ttl;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndTest {

    private static final Instant LATER = NOON.plusSeconds(600);
    private static final Instant END = NOON.plus(Duration.ofMinutes(30));

    @Test
    void an_extension_moves_the_end_by_as_much() {
        var decision = Story.running(WEB_1).when(extend(Ttl.ofMinutes(15), RITA, LATER));

        assertThat(((ContainmentExtended) decision.events().getFirst()).expiresAt())
                .isEqualTo(END.plus(Duration.ofMinutes(15)));
    }

    @Test
    void what_is_left_after_an_extension_is_bounded_by_role() {
        var fourHoursLeft = Ttl.ofMinutes(240 - 20);

        kinds(Story.running(WEB_1).when(extend(fourHoursLeft, ROB, LATER)));
        refused(
                Story.running(WEB_1).when(extend(fourHoursLeft, ROB, LATER.minusSeconds(1))),
                RefusalCode.TTL_TOO_LONG);
        kinds(Story.running(WEB_1).when(extend(Ttl.ofMinutes(20 * 60), ANN, LATER)));
    }

    @Test
    void no_containment_lasts_longer_than_thirty_days_in_all() {
        var story = Story.running(WEB_1);
        var now = NOON;
        for (var day = 0; day < 29; day++) {
            kinds(story.when(extend(Ttl.ofMinutes(23 * 60), ANN, now)));
            now = now.plus(Duration.ofHours(23));
        }
        // 29 × 23 h are 667 h; up to 719 h the extensions are taken, then no more.
        kinds(story.when(extend(Ttl.ofMinutes(23 * 60), ANN, now)));
        now = now.plus(Duration.ofHours(23));
        kinds(story.when(extend(Ttl.ofMinutes(23 * 60), ANN, now)));
        now = now.plus(Duration.ofHours(23));

        assertThat(
                        refused(
                                story.when(extend(Ttl.ofMinutes(23 * 60), ANN, now)),
                                RefusalCode.TTL_TOO_LONG))
                .contains("30d");
    }

    @Test
    void what_needed_a_second_person_is_not_kept_going_alone() {
        var requester = person("rob", Role.APPROVER);

        assertThat(
                        refused(
                                Story.approvedByAnn().when(extend(Ttl.ofMinutes(5), RITA, LATER)),
                                RefusalCode.TOO_LARGE))
                .contains("other than rob");
        kinds(Story.approvedByAnn().when(extend(Ttl.ofMinutes(5), ABE, LATER)));
        // 12 of 40 is beyond an approver's own ceiling, too, and Rob would be alone again.
        refused(
                Story.approvedByAnn().when(extend(Ttl.ofMinutes(5), requester, LATER)),
                RefusalCode.TOO_LARGE);
    }

    @Test
    void an_end_that_has_come_cannot_be_moved() {
        refused(
                Story.running(WEB_1).when(extend(Ttl.ofMinutes(5), ROB, END)),
                RefusalCode.ALREADY_ENDED);
        refused(
                Story.running(WEB_1).when(shorten(Ttl.ofMinutes(5), ROB, END)),
                RefusalCode.ALREADY_ENDED);
        kinds(Story.running(WEB_1).when(extend(Ttl.ofMinutes(5), ROB, END.minusNanos(1))));
    }

    @Test
    void shortening_sets_what_is_left_and_never_makes_it_longer() {
        var decision = Story.running(WEB_1).when(shorten(Ttl.ofMinutes(5), ROB, LATER));

        assertThat(((ContainmentShortened) decision.events().getFirst()).expiresAt())
                .isEqualTo(LATER.plus(Duration.ofMinutes(5)));
        refused(
                Story.running(WEB_1).when(shorten(Ttl.ofMinutes(21), ROB, LATER)),
                RefusalCode.CONFLICT);
        stands(Story.running(WEB_1).when(shorten(Ttl.ofMinutes(20), ROB, LATER)));
    }

    @Test
    void a_release_happens_once_and_the_second_one_hears_of_the_first() {
        var story = Story.running(WEB_1);

        assertThat(kinds(story.when(release(ReleaseCause.PERSON, RITA, LATER))))
                .containsExactly("ContainmentReleased");
        assertThat(stands(story.when(release(ReleaseCause.PERSON, ROB, LATER))))
                .contains("released by rita");
        assertThat(stands(story.when(expire(END)))).contains("released by rita");
    }

    @Test
    void whoever_releases_second_hears_the_first_reason_and_that_the_own_is_lost() {
        var story = Story.running(WEB_1);
        story.when(because("all clear", RITA));

        assertThat(stands(story.when(because("me too", ROB))))
                .contains("released by rita (all clear). ")
                .endsWith(" Your reason was not recorded.");
        assertThat(stands(story.when(expire(END)))).doesNotContain("Your reason");
    }

    private static ReleaseContainment because(String why, Responder by) {
        return new ReleaseContainment(Story.ID, ReleaseCause.PERSON, why, by, LATER);
    }

    @Test
    void it_never_expires_early() {
        refused(Story.running(WEB_1).when(expire(END.minusNanos(1))), RefusalCode.NOT_YET_DUE);

        var released =
                (ContainmentReleased) Story.running(WEB_1).when(expire(END)).events().getFirst();
        assertThat(released.cause()).isEqualTo(ReleaseCause.EXPIRY);
    }

    @Test
    void an_extension_moves_the_expiry_too() {
        var story = Story.running(WEB_1);
        story.when(extend(Ttl.ofMinutes(5), ROB, LATER));

        refused(story.when(expire(END)), RefusalCode.NOT_YET_DUE);
        kinds(story.when(expire(END.plus(Duration.ofMinutes(5)))));
    }

    @Test
    void only_the_clock_of_firebreak_ends_by_expiry() {
        refused(
                Story.running(WEB_1).when(release(ReleaseCause.EXPIRY, ADA, END)),
                RefusalCode.NOT_PERMITTED);
        refused(
                Story.running(WEB_1).when(release(ReleaseCause.EXPIRY, BOT, END)),
                RefusalCode.NOT_PERMITTED);
    }

    @Test
    void every_end_comes_also_while_automation_is_frozen() {
        var story = new Story(FROZEN);
        story.when(request(plan(SMALL, WEB_1), ROB));

        refused(
                story.when(release(ReleaseCause.ROLLBACK, BOT, LATER)),
                RefusalCode.AUTOMATION_FROZEN);
        kinds(story.when(expire(END)));
    }

    @Test
    void what_waits_for_approval_is_declined_and_not_released() {
        refused(
                Story.awaiting().when(release(ReleaseCause.PERSON, ROB, LATER)),
                RefusalCode.NOT_ACTIVE);
        refused(
                Story.awaiting().when(extend(Ttl.ofMinutes(5), ROB, LATER)),
                RefusalCode.NOT_ACTIVE);
        refused(Story.running(WEB_1).when(decline(ANN, LATER)), RefusalCode.NOT_AWAITING_APPROVAL);
    }

    @Test
    void a_viewer_may_do_nothing_at_all() {
        for (var story : List.of(Story.untold(), Story.awaiting(), Story.running(WEB_1))) {
            for (var command : Story.everyCommand(VERA, plan(SMALL, WEB_1).hash(), LATER)) {
                refused(story.when(command), RefusalCode.NOT_PERMITTED);
            }
        }
    }

    @Test
    void nothing_can_be_done_with_what_nobody_asked_for() {
        for (var command : Story.everyCommand(ANN, plan(SMALL, WEB_1).hash(), LATER)) {
            if (!(command instanceof ContainmentCommand.RequestContainment)) {
                refused(Story.untold().when(command), RefusalCode.UNKNOWN_CONTAINMENT);
            }
        }
        refused(Story.untold().when(expire(END)), RefusalCode.UNKNOWN_CONTAINMENT);
        refused(Story.untold().when(Story.lapse(END)), RefusalCode.UNKNOWN_CONTAINMENT);
        refused(Story.untold().when(Story.reports(END)), RefusalCode.UNKNOWN_CONTAINMENT);
    }

    @Test
    void nothing_can_be_done_with_what_has_ended_but_ending_it_again() {
        var story = Story.released(WEB_1);
        for (var command : Story.everyCommand(ANN, plan(SMALL, WEB_1).hash(), LATER)) {
            switch (command) {
                case ContainmentCommand.ReleaseContainment _ -> stands(story.when(command));
                case ContainmentCommand.RequestContainment _ ->
                        refused(story.when(command), RefusalCode.CONFLICT);
                default -> refused(story.when(command), RefusalCode.ALREADY_ENDED);
            }
        }
    }

    @Test
    void the_reason_of_a_release_cannot_forge_a_line() {
        assertThatThrownBy(() ->
                        new ContainmentCommand.ReleaseContainment(
                                Story.ID, ReleaseCause.PERSON, "done\nrob approved", ROB, NOON))
                .isInstanceOf(InvalidTerm.class);
    }
}
