package dev.firebreak.commandside.control;

import static dev.firebreak.commandside.Cast.ANN;
import static dev.firebreak.commandside.Cast.BOT;
import static dev.firebreak.commandside.Cast.NOON;
import static dev.firebreak.commandside.Cast.ROB;
import static dev.firebreak.commandside.Cast.VERA;
import static dev.firebreak.commandside.containment.Outcomes.kinds;
import static dev.firebreak.commandside.containment.Outcomes.refused;
import static dev.firebreak.commandside.containment.Outcomes.stands;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.commandside.command.RefusalCode;
import dev.firebreak.commandside.control.ControlCommand.FreezeAutomation;
import dev.firebreak.commandside.control.ControlCommand.ThawAutomation;
import dev.firebreak.eventlog.event.control.ControlEvent.CommandRefused;
import dev.firebreak.eventlog.term.Reason;
import dev.firebreak.eventlog.term.Responder;
import org.junit.jupiter.api.Test;

class AutomationTest {

    private static final Reason WHY = new Reason("it cuts too much");

    @Test
    void a_responder_freezes_and_it_takes_an_approver_to_thaw() {
        var frozen = frozen();

        refused(Automation.decide(frozen, thaw(ROB)), RefusalCode.NOT_PERMITTED);
        refused(Automation.decide(frozen, thaw(BOT)), RefusalCode.NOT_PERMITTED);
        var thawed = Automation.decide(frozen, thaw(ANN));
        assertThat(kinds(thawed)).containsExactly("AutomationThawed");
        assertThat(Automation.evolve(frozen, thawed.events().getFirst()))
                .isEqualTo(Automation.AT_LARGE);
    }

    @Test
    void a_viewer_does_not_freeze() {
        refused(Automation.decide(Automation.AT_LARGE, freeze(VERA)), RefusalCode.NOT_PERMITTED);
    }

    @Test
    void a_second_freeze_names_the_first_and_a_second_thaw_changes_nothing() {
        assertThat(stands(Automation.decide(frozen(), freeze(ANN)))).contains("rob", WHY.text());
        stands(Automation.decide(Automation.AT_LARGE, thaw(ANN)));
    }

    @Test
    void refusals_are_not_part_of_the_switch() {
        org.assertj.core.api.Assertions.assertThatThrownBy(() ->
                        Automation.evolve(
                                Automation.AT_LARGE,
                                new CommandRefused("", "", "", "", "", ROB.name(), 0, NOON)))
                .isInstanceOf(IllegalStateException.class);
    }

    private static Automation frozen() {
        return Automation.evolve(
                Automation.AT_LARGE,
                Automation.decide(Automation.AT_LARGE, freeze(ROB)).events().getFirst());
    }

    private static FreezeAutomation freeze(Responder by) {
        return new FreezeAutomation(WHY, by, NOON);
    }

    private static ThawAutomation thaw(Responder by) {
        return new ThawAutomation(WHY, by, NOON);
    }
}
