package dev.firebreak.commandside.containment;

import dev.firebreak.commandside.command.Decision;
import dev.firebreak.commandside.command.RefusalCode;
import dev.firebreak.commandside.containment.ContainmentCommand.ReleaseContainment;
import dev.firebreak.commandside.guardrail.Guardrails;
import dev.firebreak.commandside.guardrail.Permission;
import dev.firebreak.eventlog.event.containment.ContainmentEvent;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentLifted;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentReleased;
import dev.firebreak.eventlog.event.containment.ReleaseCause;
import dev.firebreak.eventlog.term.Phrases;
import dev.firebreak.eventlog.term.Responder;
import dev.firebreak.eventlog.term.Role;
import java.util.Optional;

/// Deciding on the end: once, whoever rings first, and never before its time by the clock alone.
final class Releases {

    private Releases() {}

    static Decision<ContainmentEvent> decide(
            Containment state, ReleaseContainment command, Guardrails guardrails) {
        var barred = barred(command, guardrails);
        if (barred.isPresent()) {
            return barred.get();
        }
        return switch (state) {
            case Containment.Unasked _ -> Refusals.unknown(command);
            case Containment.Asked _, Containment.Approved _ -> throw Containment.halfway(state);
            case Containment.Awaiting awaiting ->
                    Decision.refused(
                            RefusalCode.NOT_ACTIVE,
                            "%s has not begun, so there is nothing to release: it waits for a"
                                    + " second person's yes until %s. To drop it: decline %s.",
                            command.containment(),
                            Phrases.time(awaiting.lapsesAt()),
                            command.containment());
            case Containment.Declined declined -> Refusals.declined(declined, command);
            case Containment.Running running -> release(running, command);
            case Containment.Releasing(_, var end, _) ->
                    again(end, command, "Enforcers are letting go.");
            case Containment.Lifted(_, var end, _) -> again(end, command, "Nothing of it is left.");
        };
    }

    private static Decision<ContainmentEvent> again(
            ContainmentReleased end, ReleaseContainment command, String present) {
        var lost = command.why().isEmpty() ? "" : " Your reason was not recorded.";
        return Decision.stands("%s %s%s", Refusals.how(end), present, lost);
    }

    /// Ending by the clock is Firebreak's own and no freeze holds it back, for every end comes.
    private static Optional<Decision<ContainmentEvent>> barred(
            ReleaseContainment command, Guardrails guardrails) {
        var by = command.by();
        return switch (command.cause()) {
            case EXPIRY ->
                    by.equals(Responder.FIREBREAK)
                            ? Optional.empty()
                            : Optional.of(
                                    Decision.refused(
                                            RefusalCode.NOT_PERMITTED,
                                            "Only Firebreak's own clock ends a containment by"
                                                    + " expiry. To end it now: release %s.",
                                            command.containment()));
            case PERSON, ROLLBACK -> {
                if (Permission.lacks(by, Role.RESPONDER)) {
                    yield Optional.of(
                            Permission.refused(by, Role.RESPONDER, "release a containment"));
                }
                yield guardrails.holdBack(by)
                        ? Optional.of(Permission.frozen(by))
                        : Optional.empty();
            }
        };
    }

    private static Decision<ContainmentEvent> release(
            Containment.Running running, ReleaseContainment command) {
        if (command.cause() == ReleaseCause.EXPIRY && command.at().isBefore(running.expiresAt())) {
            return Decision.refused(
                    RefusalCode.NOT_YET_DUE,
                    "%s runs until %s.",
                    command.containment(),
                    Phrases.time(running.expiresAt()));
        }
        var released =
                new ContainmentReleased(
                        command.containment(),
                        command.cause(),
                        command.why(),
                        command.by().name(),
                        command.at());
        return running.parts().mayStillHold().isEmpty()
                ? Decision.decided(
                        released, new ContainmentLifted(command.containment(), command.at()))
                : Decision.decided(released);
    }
}
