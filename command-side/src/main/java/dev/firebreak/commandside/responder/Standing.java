package dev.firebreak.commandside.responder;

import dev.firebreak.commandside.command.Decision;
import dev.firebreak.commandside.command.RefusalCode;
import dev.firebreak.commandside.guardrail.Guardrails;
import dev.firebreak.commandside.responder.Account.Enlisted;
import dev.firebreak.commandside.responder.ResponderCommand.ChangeRole;
import dev.firebreak.commandside.responder.ResponderCommand.DismissResponder;
import dev.firebreak.commandside.responder.ResponderCommand.EnlistResponder;
import dev.firebreak.eventlog.event.responder.ResponderEvent;
import dev.firebreak.eventlog.event.responder.ResponderEvent.ResponderDismissed;
import dev.firebreak.eventlog.event.responder.ResponderEvent.ResponderEnlisted;
import dev.firebreak.eventlog.event.responder.ResponderEvent.RoleChanged;
import dev.firebreak.eventlog.term.Responder;
import dev.firebreak.eventlog.term.ResponderName;
import dev.firebreak.eventlog.term.Role;
import java.util.Set;

/// Deciding on who belongs to the responders, and with which role. There is always an admin left.
final class Standing {

    private Standing() {}

    static Decision<ResponderEvent> decide(Account state, EnlistResponder command) {
        if (command.responder().equals(Responder.FIREBREAK.name())) {
            return Decision.refused(
                    RefusalCode.ALREADY_EXISTS,
                    "%s is Firebreak's own name in the log. Choose another.",
                    command.responder());
        }
        return switch (state) {
            case Account.Nobody _, Account.Dismissed _ ->
                    Decision.decided(
                            new ResponderEnlisted(
                                    command.responder(),
                                    command.role(),
                                    command.by().name(),
                                    command.at()));
            case Enlisted known when known.role() == command.role() ->
                    Decision.stands(
                            "%s is enlisted as %s already.",
                            command.responder(), Guardrails.with(command.role()));
            case Enlisted known ->
                    Decision.refused(
                            RefusalCode.ALREADY_EXISTS,
                            "%s is enlisted already, as %s. To make them %s, change their role.",
                            command.responder(),
                            Guardrails.with(known.role()),
                            Guardrails.with(command.role()));
        };
    }

    static Decision<ResponderEvent> decide(
            Account state, ChangeRole command, Guardrails guardrails) {
        if (!(state instanceof Enlisted known)) {
            return unknown(command);
        }
        if (known.role() == command.role()) {
            return Decision.stands(
                    "%s is %s already.", command.responder(), Guardrails.with(command.role()));
        }
        if (isOneself(command)) {
            return Decision.refused(
                    RefusalCode.NOT_PERMITTED,
                    "%s cannot change a role of their own. Another admin can.",
                    command.by().name());
        }
        if (known.role() == Role.ADMIN && isLastAdmin(command.responder(), guardrails)) {
            return lastAdmin(command);
        }
        return Decision.decided(
                new RoleChanged(
                        command.responder(), command.role(), command.by().name(), command.at()));
    }

    static Decision<ResponderEvent> decide(
            Account state, DismissResponder command, Guardrails guardrails) {
        if (state instanceof Account.Dismissed) {
            return Decision.stands("%s is dismissed already.", command.responder());
        }
        if (!(state instanceof Enlisted known)) {
            return unknown(command);
        }
        if (isOneself(command)) {
            return Decision.refused(
                    RefusalCode.NOT_PERMITTED,
                    "%s cannot dismiss themselves. Another admin can.",
                    command.by().name());
        }
        if (known.role() == Role.ADMIN && isLastAdmin(command.responder(), guardrails)) {
            return lastAdmin(command);
        }
        return Decision.decided(
                new ResponderDismissed(command.responder(), command.by().name(), command.at()));
    }

    private static boolean isOneself(ResponderCommand command) {
        return command.by().name().equals(command.responder());
    }

    private static boolean isLastAdmin(ResponderName responder, Guardrails guardrails) {
        return Set.of(responder).containsAll(guardrails.facts().admins());
    }

    private static Decision<ResponderEvent> lastAdmin(ResponderCommand command) {
        return Decision.refused(
                RefusalCode.CONFLICT,
                "%s is the last admin; without one nobody could enlist another. Make somebody else"
                        + " an admin first.",
                command.responder());
    }

    static Decision<ResponderEvent> unknown(ResponderCommand command) {
        return Decision.refused(
                RefusalCode.UNKNOWN_RESPONDER,
                "There is no responder %s. Enlist them first.",
                command.responder());
    }
}
