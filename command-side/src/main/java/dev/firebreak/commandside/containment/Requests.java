package dev.firebreak.commandside.containment;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.firebreak.commandside.command.Decision;
import dev.firebreak.commandside.command.RefusalCode;
import dev.firebreak.commandside.containment.ContainmentCommand.RequestContainment;
import dev.firebreak.commandside.guardrail.Guardrails;
import dev.firebreak.commandside.guardrail.Permission;
import dev.firebreak.eventlog.event.containment.ContainmentEvent;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ApprovalRequired;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentOrdered;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentRequested;
import dev.firebreak.eventlog.term.Effect;
import dev.firebreak.eventlog.term.Gap;
import dev.firebreak.eventlog.term.Phrases;
import dev.firebreak.eventlog.term.Plan;
import dev.firebreak.eventlog.term.Role;
import java.time.Duration;

/// Deciding on a request: refused, ordered at once, or put before a second person.
final class Requests {

    /// The log takes 1 MiB for an event.
    private static final int MAX_PLAN_BYTES = 500_000;

    private Requests() {}

    static Decision<ContainmentEvent> decide(
            Containment state, RequestContainment command, Guardrails guardrails) {
        var by = command.by();
        if (Permission.lacks(by, Role.RESPONDER)) {
            return Permission.refused(by, Role.RESPONDER, "contain anything");
        }
        return switch (state) {
            case Containment.Unasked _ -> fresh(command, guardrails);
            case Containment.Asked _, Containment.Approved _ -> throw Containment.halfway(state);
            case Containment.Awaiting awaiting -> again(awaiting, command);
            case Containment.Running running -> again(running, command);
            case Containment.Declined _, Containment.Releasing _, Containment.Lifted _ ->
                    over(command);
        };
    }

    private static Decision<ContainmentEvent> again(
            Containment.Awaiting awaiting, RequestContainment command) {
        if (isOther(awaiting.request(), command) || isDue(awaiting.lapsesAt(), command)) {
            return over(command);
        }
        return Decision.stands(
                "%s was asked for by %s already and waits for a second person's yes until %s."
                        + " An approver says it with: approve %s.",
                command.containment(),
                awaiting.request().by(),
                Phrases.time(awaiting.lapsesAt()),
                command.containment());
    }

    private static Decision<ContainmentEvent> again(
            Containment.Running running, RequestContainment command) {
        if (isOther(running.request(), command) || isDue(running.expiresAt(), command)) {
            return over(command);
        }
        return Decision.stands(
                "This %s already as %s, until %s (%s from now). To keep it longer: extend %s --ttl"
                        + " 30m --reason …",
                running.measured() instanceof Measured.Whole ? "is contained" : "was asked for",
                command.containment(),
                Phrases.time(running.expiresAt()),
                Phrases.span(Duration.between(command.at(), running.expiresAt())),
                command.containment());
    }

    private static boolean isOther(ContainmentRequested running, RequestContainment command) {
        return !running.plan().ask().equals(command.plan().ask());
    }

    private static boolean isDue(java.time.Instant end, RequestContainment command) {
        return !command.at().isBefore(end);
    }

    private static Decision<ContainmentEvent> over(RequestContainment command) {
        return Decision.refused(
                RefusalCode.CONFLICT,
                "The name %s belongs to a containment that is over, or just ending. Nothing was"
                        + " changed; ask again, and it gets a name of its own.",
                command.containment());
    }

    private static Decision<ContainmentEvent> fresh(
            RequestContainment command, Guardrails guardrails) {
        var plan = command.plan();
        if (guardrails.holdBack(command.by())) {
            return Permission.frozen(command.by());
        }
        if (plan.ask().effect() == Effect.ALLOW) {
            return Decision.refused(
                    RefusalCode.NO_BASELINE,
                    "An emergency allow needs a baseline that denies, and there is none: what"
                            + " nothing denies need not be allowed. To end a deny: release ID.");
        }
        if (!plan.protectedBy().isEmpty()) {
            return Decision.refused(
                    RefusalCode.PROTECTED_SCOPE,
                    "This would cut what must never be cut: %s. Nothing was changed. Leave the"
                            + " protected scope out, or narrow it with --to or --ports.",
                    withoutStop(Phrases.list(plan.protectedBy())));
        }
        if (plan.parts().isEmpty()) {
            return nothing(command);
        }
        if (size(plan) > MAX_PLAN_BYTES) {
            return tooLarge(command);
        }
        return timed(command, guardrails);
    }

    private static Decision<ContainmentEvent> tooLarge(RequestContainment command) {
        var plan = command.plan();
        return Decision.refused(
                RefusalCode.TOO_LARGE,
                "%s takes in %d workloads on %d enforcers, more than the log takes at once."
                        + " Nothing was changed. Contain it in parts: by a narrower scope, or with"
                        + " --on for some of the enforcers.",
                plan.ask().subject(),
                plan.reach().members(),
                plan.parts().size());
    }

    /// How long it is in Java's words, which are at least half as long as what is written.
    private static int size(Plan plan) {
        return plan.toString().getBytes(UTF_8).length;
    }

    private static Decision<ContainmentEvent> nothing(RequestContainment command) {
        var gaps = command.plan().gaps();
        return Decision.refused(
                RefusalCode.NOTHING_TO_CONTAIN,
                "No enforcer can hold any of %s%s. Nothing was changed. See which enforcers there"
                        + " are with: enforcers.",
                command.plan().ask().subject(),
                gaps.isEmpty()
                        ? ""
                        : ": " + Phrases.list(gaps.stream().map(Requests::sentence).toList()));
    }

    private static String sentence(Gap gap) {
        return gap.what() + " (" + withoutStop(gap.why()) + ")";
    }

    /// For a sentence within another.
    private static String withoutStop(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }

    private static Decision<ContainmentEvent> timed(
            RequestContainment command, Guardrails guardrails) {
        var by = command.by();
        var limits = guardrails.limits(by.role());
        var ttl = command.ttl().duration();
        if (ttl.compareTo(limits.shortest()) < 0) {
            return Decision.refused(
                    RefusalCode.TTL_TOO_SHORT,
                    "%s is shorter than %s, the shortest there is: enforcers would hardly hold it"
                            + " before it ends. Ask again with --ttl %s or more.",
                    command.ttl(),
                    Phrases.span(limits.shortest()),
                    Phrases.span(limits.shortest()));
        }
        if (ttl.compareTo(limits.longest()) > 0) {
            return Decision.refused(
                    RefusalCode.TTL_TOO_LONG,
                    "%s is longer than the %s that %s may order. Ask with --ttl %s and extend it"
                            + " later%s.",
                    command.ttl(),
                    Phrases.span(limits.longest()),
                    Guardrails.with(by.role()),
                    Phrases.span(limits.longest()),
                    guardrails.lets(Role.APPROVER, ttl) ? ", or have an approver ask for it" : "");
        }
        return ordered(command, guardrails);
    }

    private static Decision<ContainmentEvent> ordered(
            RequestContainment command, Guardrails guardrails) {
        var containment = command.containment();
        var plan = command.plan();
        var requested =
                new ContainmentRequested(
                        containment,
                        plan,
                        command.ttl(),
                        command.reason(),
                        command.incident(),
                        command.by().name(),
                        command.at());
        var needed = guardrails.approvalNeeded(plan, command.by(), command.at());
        return needed.isPresent()
                ? Decision.decided(
                        requested,
                        new ApprovalRequired(
                                containment,
                                plan.hash(),
                                needed.get(),
                                command.at().plus(guardrails.approvalWindow()),
                                command.at()))
                : Decision.decided(
                        requested,
                        new ContainmentOrdered(
                                containment,
                                command.at().plus(command.ttl().duration()),
                                guardrails.atMost(plan, command.by(), command.at()),
                                command.at()));
    }
}
