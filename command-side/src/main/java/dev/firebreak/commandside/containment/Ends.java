package dev.firebreak.commandside.containment;

import dev.firebreak.commandside.command.Decision;
import dev.firebreak.commandside.command.RefusalCode;
import dev.firebreak.commandside.containment.Containment.Running;
import dev.firebreak.commandside.containment.ContainmentCommand.ExtendContainment;
import dev.firebreak.commandside.containment.ContainmentCommand.ShortenContainment;
import dev.firebreak.commandside.guardrail.Guardrails;
import dev.firebreak.commandside.guardrail.Permission;
import dev.firebreak.eventlog.event.containment.ContainmentEvent;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentExtended;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentShortened;
import dev.firebreak.eventlog.term.Phrases;
import dev.firebreak.eventlog.term.Responder;
import dev.firebreak.eventlog.term.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Deciding on moving the end of a running containment, later or sooner.
final class Ends {

    private Ends() {}

    static Decision<ContainmentEvent> decide(
            Containment state, ExtendContainment command, Guardrails guardrails) {
        var barred = barred(state, command, "extend a containment", guardrails);
        if (barred.isPresent()) {
            return barred.get();
        }
        return extend((Running) state, command, guardrails);
    }

    static Decision<ContainmentEvent> decide(
            Containment state, ShortenContainment command, Guardrails guardrails) {
        var barred = barred(state, command, "shorten a containment", guardrails);
        if (barred.isPresent()) {
            return barred.get();
        }
        return shorten((Running) state, command);
    }

    /// Why the end cannot be moved at all by this responder or in this state; nothing when it can,
    /// and then the state is [Running].
    private static Optional<Decision<ContainmentEvent>> barred(
            Containment state, ContainmentCommand command, String doing, Guardrails guardrails) {
        var by = command.by();
        if (Permission.lacks(by, Role.RESPONDER)) {
            return Optional.of(Permission.refused(by, Role.RESPONDER, doing));
        }
        if (guardrails.holdBack(by)) {
            return Optional.of(Permission.frozen(by));
        }
        return switch (state) {
            case Containment.Unasked _ -> Optional.of(Refusals.unknown(command));
            case Containment.Asked _, Containment.Approved _ -> throw Containment.halfway(state);
            case Containment.Awaiting awaiting ->
                    Optional.of(
                            Decision.refused(
                                    RefusalCode.NOT_ACTIVE,
                                    "%s has not begun: it waits for a second person's yes until"
                                            + " %s. Its time runs from then on.",
                                    command.containment(),
                                    Phrases.time(awaiting.lapsesAt())));
            case Containment.Declined declined -> Optional.of(Refusals.declined(declined, command));
            case Running running when !command.at().isBefore(running.expiresAt()) ->
                    Optional.of(
                            Decision.refused(
                                    RefusalCode.ALREADY_ENDED,
                                    "The time of %s was up at %s, and enforcers have let go. If it"
                                            + " is still needed, ask for it again.",
                                    command.containment(),
                                    Phrases.time(running.expiresAt())));
            case Running _ -> Optional.empty();
            case Containment.Releasing(_, var end, _) -> Optional.of(Refusals.ended(end, command));
            case Containment.Lifted(_, var end, _) -> Optional.of(Refusals.ended(end, command));
        };
    }

    private static Decision<ContainmentEvent> extend(
            Running running, ExtendContainment command, Guardrails guardrails) {
        var by = command.by();
        var limits = guardrails.limits(by.role());
        var end = running.expiresAt().plus(command.longer().duration());
        var tooLarge = tooLargeAlone(running, by, guardrails);
        if (tooLarge.isPresent()) {
            return Decision.refused(
                    RefusalCode.TOO_LARGE,
                    "%s needs a second person to go on: %s. Ask an approver other than %s to"
                            + " extend it.",
                    command.containment(),
                    tooLarge.get(),
                    running.request().by());
        }
        if (Duration.between(command.at(), end).compareTo(limits.longest()) > 0) {
            return Decision.refused(
                    RefusalCode.TTL_TOO_LONG,
                    "With %s more %s would have %s left, and %s may leave at most %s. Extend it by"
                            + " less%s.",
                    command.longer(),
                    command.containment(),
                    Phrases.span(Duration.between(command.at(), end)),
                    Guardrails.with(by.role()),
                    Phrases.span(limits.longest()),
                    guardrails.lets(Role.APPROVER, Duration.between(command.at(), end))
                            ? ", or have an approver do it"
                            : "");
        }
        if (Duration.between(running.orderedAt(), end).compareTo(Guardrails.LONGEST_LIFE) > 0) {
            return Decision.refused(
                    RefusalCode.TTL_TOO_LONG,
                    "%s would last longer than %s in all, and no emergency does. What is meant to"
                            + " stay belongs into the policy.",
                    command.containment(),
                    Phrases.span(Guardrails.LONGEST_LIFE));
        }
        return Decision.decided(
                new ContainmentExtended(
                        command.containment(), end, command.reason(), by.name(), command.at()));
    }

    /// What one may not order alone, one may not keep going alone either, or a short approval would
    /// be a long one.
    private static Optional<String> tooLargeAlone(
            Running running, Responder by, Guardrails guardrails) {
        var secondPerson =
                by.role().mayActAs(Role.APPROVER)
                        && by.kind() == Responder.Kind.PERSON
                        && !by.name().equals(running.request().by());
        return secondPerson
                ? Optional.empty()
                : guardrails.approvalNeeded(running.request().plan().reach(), by.role());
    }

    private static Decision<ContainmentEvent> shorten(Running running, ShortenContainment command) {
        Instant end = command.at().plus(command.remaining().duration());
        if (end.equals(running.expiresAt())) {
            return Decision.stands(
                    "%s ends at %s already.", command.containment(), Phrases.time(end));
        }
        if (end.isAfter(running.expiresAt())) {
            return Decision.refused(
                    RefusalCode.CONFLICT,
                    "%s ends sooner than %s from now already, at %s. To keep it longer: extend"
                            + " %s.",
                    command.containment(),
                    command.remaining(),
                    Phrases.time(running.expiresAt()),
                    command.containment());
        }
        return Decision.decided(
                new ContainmentShortened(
                        command.containment(),
                        end,
                        command.reason(),
                        command.by().name(),
                        command.at()));
    }
}
