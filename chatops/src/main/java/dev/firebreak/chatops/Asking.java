package dev.firebreak.chatops;

import dev.firebreak.chatops.grammar.Request;
import dev.firebreak.commandside.command.Command;
import dev.firebreak.commandside.command.Plans;
import dev.firebreak.commandside.containment.ContainmentCommand.ApproveContainment;
import dev.firebreak.commandside.containment.ContainmentCommand.DeclineContainment;
import dev.firebreak.commandside.containment.ContainmentCommand.ExtendContainment;
import dev.firebreak.commandside.containment.ContainmentCommand.ReleaseContainment;
import dev.firebreak.commandside.containment.ContainmentCommand.RequestContainment;
import dev.firebreak.commandside.containment.ContainmentCommand.ShortenContainment;
import dev.firebreak.commandside.control.ControlCommand.FreezeAutomation;
import dev.firebreak.commandside.control.ControlCommand.ThawAutomation;
import dev.firebreak.commandside.deployment.DeploymentCommand.DeployWorkload;
import dev.firebreak.commandside.deployment.DeploymentCommand.RetireWorkload;
import dev.firebreak.eventlog.event.containment.ReleaseCause;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.PlanHash;
import dev.firebreak.eventlog.term.Responder;
import java.time.Instant;
import java.util.Optional;

/// Puts what was typed into the words of the command side.
final class Asking {

    private Asking() {}

    static RequestContainment containment(
            Plans.Drawn drawn, Request.Contain contain, Responder by, Instant at) {
        return new RequestContainment(
                drawn.containment(),
                drawn.plan(),
                contain.ttl(),
                contain.reason(),
                contain.incident(),
                by,
                at);
    }

    static ApproveContainment approval(
            ContainmentId id, PlanHash looked, Responder by, Instant at) {
        return new ApproveContainment(id, looked, by, at);
    }

    /// Nothing for what only shows something, needs a plan first, or belongs on a terminal.
    static Optional<Command> of(Request request, Responder by, Instant at) {
        return switch (request) {
            case Request.Extend(var id, var longer, var reason) ->
                    Optional.of(new ExtendContainment(id, longer, reason, by, at));
            case Request.Shorten(var id, var remaining, var reason) ->
                    Optional.of(new ShortenContainment(id, remaining, reason, by, at));
            case Request.Release(var id, var reason) ->
                    Optional.of(
                            new ReleaseContainment(id, ReleaseCause.PERSON, reason.text(), by, at));
            case Request.Decline(var id, var reason) ->
                    Optional.of(new DeclineContainment(id, reason, by, at));
            case Request.Freeze(var reason) -> Optional.of(new FreezeAutomation(reason, by, at));
            case Request.Thaw(var reason) -> Optional.of(new ThawAutomation(reason, by, at));
            case Request.Deploy(var workload, var env, var owner, var labels, var placements) ->
                    Optional.of(
                            new DeployWorkload(workload, env, owner, labels, placements, by, at));
            case Request.Retire(var workload, var reason) ->
                    Optional.of(new RetireWorkload(workload, reason, by, at));
            case Request.ShowActive _,
                    Request.ShowContainment _,
                    Request.DrawPlan _,
                    Request.Contain _,
                    Request.Approve _,
                    Request.WhoAmI _,
                    Request.Help _,
                    Request.ListWorkloads _,
                    Request.ListEnforcers _,
                    Request.EnrolEnforcer _,
                    Request.RevokeEnforcer _,
                    Request.ListResponders _,
                    Request.EnlistResponder _,
                    Request.ChangeRole _,
                    Request.DismissResponder _,
                    Request.LinkSlackUser _,
                    Request.UnlinkSlackUser _,
                    Request.IssueToken _,
                    Request.RevokeToken _,
                    Request.ReplayContainment _,
                    Request.ReplaySpan _,
                    Request.ReplayAt _,
                    Request.VerifyAudit _,
                    Request.Diagnose _,
                    Request.PrintCompletion _ ->
                    Optional.empty();
        };
    }
}
