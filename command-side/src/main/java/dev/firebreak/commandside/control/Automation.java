package dev.firebreak.commandside.control;

import dev.firebreak.commandside.command.Decision;
import dev.firebreak.commandside.command.RefusalCode;
import dev.firebreak.commandside.control.ControlCommand.FreezeAutomation;
import dev.firebreak.commandside.control.ControlCommand.ThawAutomation;
import dev.firebreak.commandside.guardrail.Permission;
import dev.firebreak.eventlog.event.control.ControlEvent;
import dev.firebreak.eventlog.event.control.ControlEvent.AutomationFrozen;
import dev.firebreak.eventlog.event.control.ControlEvent.AutomationThawed;
import dev.firebreak.eventlog.event.control.ControlEvent.CommandRefused;
import dev.firebreak.eventlog.term.Phrases;
import dev.firebreak.eventlog.term.Responder;
import dev.firebreak.eventlog.term.Role;

/// The freeze switch: stopping automations is quick and open to many, letting them go on is not.
sealed interface Automation {

    Automation AT_LARGE = new AtLarge();

    record AtLarge() implements Automation {}

    record Frozen(AutomationFrozen since) implements Automation {}

    static Decision<ControlEvent> decide(Automation state, ControlCommand command) {
        return switch (command) {
            case FreezeAutomation freeze -> freeze(state, freeze);
            case ThawAutomation thaw -> thaw(state, thaw);
        };
    }

    static Automation evolve(Automation state, ControlEvent event) {
        return switch (event) {
            case AutomationFrozen frozen -> new Frozen(frozen);
            case AutomationThawed _ -> AT_LARGE;
            case CommandRefused _ ->
                    throw new IllegalStateException("refusals have a stream of their own");
        };
    }

    private static Decision<ControlEvent> freeze(Automation state, FreezeAutomation command) {
        var by = command.by();
        if (Permission.lacks(by, Role.RESPONDER)) {
            return Permission.refused(by, Role.RESPONDER, "freeze automation");
        }
        return switch (state) {
            case Frozen(var since) ->
                    Decision.stands(
                            "Automation is frozen already, by %s at %s: %s",
                            since.by(), Phrases.time(since.at()), since.reason());
            case AtLarge _ ->
                    Decision.decided(
                            new AutomationFrozen(command.reason(), by.name(), command.at()));
        };
    }

    private static Decision<ControlEvent> thaw(Automation state, ThawAutomation command) {
        var by = command.by();
        if (Permission.lacks(by, Role.APPROVER)) {
            return Permission.refused(by, Role.APPROVER, "end the freeze of automation");
        }
        if (by.kind() == Responder.Kind.AUTOMATION) {
            return Decision.refused(
                    RefusalCode.NOT_PERMITTED,
                    "%s is an automation, and automations do not end their own freeze. Ask an"
                            + " approver to do it.",
                    by.name());
        }
        return switch (state) {
            case AtLarge _ -> Decision.stands("Automation is not frozen.");
            case Frozen _ ->
                    Decision.decided(
                            new AutomationThawed(command.reason(), by.name(), command.at()));
        };
    }
}
