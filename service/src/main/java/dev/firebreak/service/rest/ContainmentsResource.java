package dev.firebreak.service.rest;

import dev.firebreak.commandside.command.Outcome.Refused;
import dev.firebreak.commandside.command.Plans;
import dev.firebreak.commandside.command.Plans.Drawn;
import dev.firebreak.commandside.command.Plans.Unknown;
import dev.firebreak.commandside.command.RefusalCode;
import dev.firebreak.commandside.containment.ContainmentCommand.ApproveContainment;
import dev.firebreak.commandside.containment.ContainmentCommand.DeclineContainment;
import dev.firebreak.commandside.containment.ContainmentCommand.ExtendContainment;
import dev.firebreak.commandside.containment.ContainmentCommand.ReleaseContainment;
import dev.firebreak.commandside.containment.ContainmentCommand.RequestContainment;
import dev.firebreak.commandside.containment.ContainmentCommand.ShortenContainment;
import dev.firebreak.eventlog.event.containment.ReleaseCause;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.Direction;
import dev.firebreak.eventlog.term.Effect;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.IncidentId;
import dev.firebreak.eventlog.term.Peer;
import dev.firebreak.eventlog.term.PlanHash;
import dev.firebreak.eventlog.term.Ports;
import dev.firebreak.eventlog.term.Reason;
import dev.firebreak.eventlog.term.Scope;
import dev.firebreak.eventlog.term.Ttl;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Containments, as they are asked for and changed. [ContainmentLooksResource] shows them.
@Path("/api/v1/containments")
@Produces(MediaType.APPLICATION_JSON)
public class ContainmentsResource {

    private final Desk desk;
    private final Plans plans;
    private final Shown shown;

    ContainmentsResource(Desk desk, Plans plans, Shown shown) {
        this.desk = desk;
        this.plans = plans;
        this.shown = shown;
    }

    /// `plan` is the hash of the plan that was looked at; when it has changed since, the answer is
    /// no.
    record Request(
            @Nullable Scope subject, // absent when left out
            @Nullable Peer peer, // absent means everyone
            @Nullable Direction direction, // absent means both
            @Nullable Ports ports, // absent means all
            @Nullable List<EnforcerName> on, // absent means wherever it is held
            @Nullable Effect effect, // absent means deny
            @Nullable Ttl ttl, // absent when left out
            @Nullable Reason reason, // absent when left out
            @Nullable IncidentId incident, // absent means none
            @Nullable PlanHash plan) { // absent when none was looked at

        AskBody ask() {
            return new AskBody(subject, peer, direction, ports, on, effect);
        }
    }

    record Approval(@Nullable PlanHash plan) {} // absent when left out

    record Because(@Nullable Reason reason) {} // absent when left out

    record NewEnd(
            @Nullable Ttl ttl, // absent when left out
            @Nullable Reason reason) {} // absent when left out

    @POST
    public Response request(Request body) {
        return switch (plans.draw(body.ask().ask())) {
            case Unknown(var refusal) -> Answers.refused(refusal);
            case Drawn drawn when hasChanged(drawn, body.plan()) -> Answers.refused(changed());
            case Drawn drawn -> request(drawn, body);
        };
    }

    @POST
    @Path("/{id}/approvals")
    public Response approve(String id, Approval body) {
        return desk.send(
                new ApproveContainment(
                        ContainmentId.parse(id),
                        Body.need(body.plan(), "plan"),
                        desk.responder(),
                        desk.now()),
                shown::containment);
    }

    @POST
    @Path("/{id}/declines")
    public Response decline(String id, Because body) {
        return desk.send(
                new DeclineContainment(
                        ContainmentId.parse(id),
                        Body.need(body.reason(), "reason"),
                        desk.responder(),
                        desk.now()),
                shown::containment);
    }

    @POST
    @Path("/{id}/extensions")
    public Response extend(String id, NewEnd body) {
        return desk.send(
                new ExtendContainment(
                        ContainmentId.parse(id),
                        Body.need(body.ttl(), "ttl"),
                        Body.need(body.reason(), "reason"),
                        desk.responder(),
                        desk.now()),
                shown::containment);
    }

    @POST
    @Path("/{id}/shortenings")
    public Response shorten(String id, NewEnd body) {
        return desk.send(
                new ShortenContainment(
                        ContainmentId.parse(id),
                        Body.need(body.ttl(), "ttl"),
                        Body.need(body.reason(), "reason"),
                        desk.responder(),
                        desk.now()),
                shown::containment);
    }

    @POST
    @Path("/{id}/releases")
    public Response release(String id, Because body) {
        return desk.send(
                new ReleaseContainment(
                        ContainmentId.parse(id),
                        ReleaseCause.PERSON,
                        Body.need(body.reason(), "reason").text(),
                        desk.responder(),
                        desk.now()),
                shown::containment);
    }

    private Response request(Drawn drawn, Request body) {
        return desk.send(
                new RequestContainment(
                        drawn.containment(),
                        drawn.plan(),
                        Body.need(body.ttl(), "ttl"),
                        Body.need(body.reason(), "reason"),
                        Body.or(body.incident(), IncidentId.NONE),
                        desk.responder(),
                        desk.now()),
                shown::containment);
    }

    private static boolean hasChanged(Drawn drawn, @Nullable PlanHash looked) {
        return looked != null && !drawn.plan().hash().equals(looked);
    }

    private static Refused changed() {
        return new Refused(
                RefusalCode.PLAN_CHANGED,
                "What this would cut has changed since you looked at the plan, so nothing was done."
                        + " Look at the plan again, and ask for that.");
    }
}
