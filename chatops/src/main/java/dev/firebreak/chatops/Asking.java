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

    static Command of(Request.Change change, Responder by, Instant at) {
        return switch (change) {
            case Request.Extend(var id, var longer, var reason) ->
                    new ExtendContainment(id, longer, reason, by, at);
            case Request.Shorten(var id, var remaining, var reason) ->
                    new ShortenContainment(id, remaining, reason, by, at);
            case Request.Release(var id, var reason) ->
                    new ReleaseContainment(id, ReleaseCause.PERSON, reason.text(), by, at);
            case Request.Decline(var id, var reason) -> new DeclineContainment(id, reason, by, at);
            case Request.Freeze(var reason) -> new FreezeAutomation(reason, by, at);
            case Request.Thaw(var reason) -> new ThawAutomation(reason, by, at);
            case Request.Deploy(var workload, var env, var owner, var labels, var placements) ->
                    new DeployWorkload(workload, env, owner, labels, placements, by, at);
            case Request.Retire(var workload, var reason) ->
                    new RetireWorkload(workload, reason, by, at);
        };
    }
}
