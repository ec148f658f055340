package dev.firebreak.commandside.containment;

import dev.firebreak.commandside.command.Decision;
import dev.firebreak.commandside.command.RefusalCode;
import dev.firebreak.commandside.containment.Containment.Awaiting;
import dev.firebreak.commandside.containment.Containment.Consent;
import dev.firebreak.commandside.containment.Containment.Running;
import dev.firebreak.commandside.containment.ContainmentCommand.ApproveContainment;
import dev.firebreak.commandside.containment.ContainmentCommand.DeclineContainment;
import dev.firebreak.commandside.containment.ContainmentCommand.LapseApproval;
import dev.firebreak.commandside.guardrail.Guardrails;
import dev.firebreak.commandside.guardrail.Permission;
import dev.firebreak.eventlog.event.containment.ContainmentEvent;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentApproved;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentDeclined;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentOrdered;
import dev.firebreak.eventlog.event.containment.Decline;
import dev.firebreak.eventlog.term.Phrases;
import dev.firebreak.eventlog.term.Responder;
import dev.firebreak.eventlog.term.Role;

/// Deciding on the second person's word: yes, no, taken back, or not said in time.
final class Approvals {

    private Approvals() {}

    static Decision<ContainmentEvent> decide(
            Containment state, ApproveContainment command, Guardrails guardrails) {
        var by = command.by();
        if (Permission.lacks(by, Role.APPROVER)) {
            return Permission.refused(by, Role.APPROVER, "approve a containment");
        }
        if (by.kind() == Responder.Kind.AUTOMATION) {
            return Decision.refused(
                    RefusalCode.NOT_PERMITTED,
                    "%s is an automation. An approval is a second person's word; ask one to say it.",
                    by.name());
        }
        return switch (state) {
            case Containment.Unasked _ -> Refusals.unknown(command);
            case Containment.Asked _, Containment.Approved _ -> throw Containment.halfway(state);
            case Awaiting awaiting -> approve(awaiting, command, guardrails);
            case Running running -> approvedAlready(running, command);
            case Containment.Declined declined -> Refusals.declined(declined, command);
            case Containment.Releasing(_, var end, _) -> Refusals.ended(end, command);
            case Containment.Lifted(_, var end, _) -> Refusals.ended(end, command);
        };
    }

    private static Decision<ContainmentEvent> approve(
            Awaiting awaiting, ApproveContainment command, Guardrails guardrails) {
        var containment = command.containment();
        // By name and not by identity: the same responder from Slack and from the CLI is one
        // person.
        if (command.by().name().equals(awaiting.request().by())) {
            return Decision.refused(
                    RefusalCode.SELF_APPROVAL,
                    "%s asked for %s, so the yes must come from somebody else who may approve,"
                            + " before %s.",
                    command.by().name(),
                    containment,
                    Phrases.time(awaiting.lapsesAt()));
        }
        if (!command.at().isBefore(awaiting.lapsesAt())) {
            return Decision.refused(
                    RefusalCode.NOT_AWAITING_APPROVAL,
                    "The time to approve %s ran out at %s, and the answer is no. If it is still"
                            + " needed, it must be asked for again.",
                    containment,
                    Phrases.time(awaiting.lapsesAt()));
        }
        if (!command.plan().equals(awaiting.plan())) {
            return Decision.refused(
                    RefusalCode.PLAN_CHANGED,
                    "What you looked at is not what %s would do. Nothing was approved; look at its"
                            + " plan again with: status %s.",
                    containment,
                    containment);
        }
        var end = command.at().plus(awaiting.request().ttl().duration());
        return Decision.decided(
                new ContainmentApproved(
                        containment, command.plan(), command.by().name(), command.at()),
                new ContainmentOrdered(
                        containment,
                        end,
                        guardrails.atMost(awaiting.request().plan().reach(), command.by().role()),
                        command.at()));
    }

    private static Decision<ContainmentEvent> approvedAlready(
            Running running, ApproveContainment command) {
        return switch (running.consent()) {
            case Consent.Given(var by) ->
                    Decision.stands(
                            "%s was approved by %s already and runs until %s.",
                            command.containment(), by, Phrases.time(running.expiresAt()));
            case Consent.NotNeeded _ ->
                    Decision.refused(
                            RefusalCode.NOT_AWAITING_APPROVAL,
                            "%s needs nobody's approval: it runs already, until %s.",
                            command.containment(),
                            Phrases.time(running.expiresAt()));
        };
    }

    static Decision<ContainmentEvent> decide(
            Containment state, DeclineContainment command, Guardrails guardrails) {
        var by = command.by();
        if (Permission.lacks(by, Role.RESPONDER)) {
            return Permission.refused(by, Role.RESPONDER, "decline a containment");
        }
        if (guardrails.holdBack(by)) {
            return Permission.frozen(by);
        }
        return switch (state) {
            case Containment.Unasked _ -> Refusals.unknown(command);
            case Containment.Asked _, Containment.Approved _ -> throw Containment.halfway(state);
            case Awaiting awaiting -> decline(awaiting, command);
            case Running running ->
                    Decision.refused(
                            RefusalCode.NOT_AWAITING_APPROVAL,
                            "%s runs already, until %s. To end it now: release %s.",
                            command.containment(),
                            Phrases.time(running.expiresAt()),
                            command.containment());
            case Containment.Declined(_, var no) ->
                    Decision.stands(
                            "%s was declined at %s already: %s",
                            command.containment(), Phrases.time(no.at()), no.why());
            case Containment.Releasing(_, var end, _) -> Refusals.ended(end, command);
            case Containment.Lifted(_, var end, _) -> Refusals.ended(end, command);
        };
    }

    private static Decision<ContainmentEvent> decline(
            Awaiting awaiting, DeclineContainment command) {
        var by = command.by();
        var withdraws = by.name().equals(awaiting.request().by());
        if (!withdraws && Permission.lacks(by, Role.APPROVER)) {
            return Permission.refused(
                    by, Role.APPROVER, "decline what " + awaiting.request().by() + " asked for");
        }
        return Decision.decided(
                new ContainmentDeclined(
                        command.containment(),
                        withdraws ? Decline.WITHDRAWN : Decline.REFUSED,
                        command.reason().text(),
                        by.name(),
                        command.at()));
    }

    static Decision<ContainmentEvent> decide(Containment state, LapseApproval command) {
        return switch (state) {
            case Containment.Unasked _ -> Refusals.unknown(command);
            case Containment.Asked _, Containment.Approved _ -> throw Containment.halfway(state);
            case Awaiting awaiting -> lapse(awaiting, command);
            case Running _, Containment.Declined _, Containment.Releasing _, Containment.Lifted _ ->
                    Decision.stands(
                            "%s waits for nobody's approval any more.", command.containment());
        };
    }

    private static Decision<ContainmentEvent> lapse(Awaiting awaiting, LapseApproval command) {
        if (command.at().isBefore(awaiting.lapsesAt())) {
            return Decision.refused(
                    RefusalCode.NOT_YET_DUE,
                    "%s may be approved until %s.",
                    command.containment(),
                    Phrases.time(awaiting.lapsesAt()));
        }
        return Decision.decided(
                new ContainmentDeclined(
                        command.containment(),
                        Decline.LAPSED,
                        "Nobody said yes before " + Phrases.time(awaiting.lapsesAt()) + ".",
                        Responder.FIREBREAK.name(),
                        command.at()));
    }
}
