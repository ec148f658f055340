package dev.firebreak.service.rest;

import dev.firebreak.commandside.enforcer.EnforcerCommand.OfferEnrolment;
import dev.firebreak.commandside.enforcer.EnforcerCommand.RevokeEnforcer;
import dev.firebreak.enforcerconnectors.hostagent.AgentAuthority;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.Reason;
import dev.firebreak.queryside.Views;
import dev.firebreak.service.wiring.Settings;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The enforcers: who they are, what they hold, and how a new one is let in.
@Path("/api/v1/enforcers")
@Produces(MediaType.APPLICATION_JSON)
public class EnforcersResource {

    private final Desk desk;
    private final AgentAuthority authority;
    private final Views views;
    private final Settings.Agents agents;

    EnforcersResource(Desk desk, AgentAuthority authority, Views views, Settings settings) {
        this.desk = desk;
        this.authority = authority;
        this.views = views;
        this.agents = settings.agents();
    }

    /// `command` is what to type on the host that is to be enrolled.
    record Enrolment(String token, Instant expiresAt, String command) {}

    record Revocation(@Nullable Reason reason) {} // absent when left out

    @GET
    public Object all() {
        return views.enforcers().list(desk.now());
    }

    @POST
    @Path("/{kind}/{name}/enrolments")
    public Response enrol(String kind, String name) {
        var enforcer = new EnforcerName(kind, name);
        var token = authority.newToken(enforcer);
        var now = desk.now();
        var expiresAt = now.plus(agents.tokenLife());
        return desk.send(
                new OfferEnrolment(enforcer, token.hash(), expiresAt, desk.responder(), now),
                _ ->
                        new Enrolment(
                                token.text(),
                                expiresAt,
                                "./firebreak agent --service https://%s:%d --token %s"
                                        .formatted(reachableName(), agents.port(), token.text())));
    }

    @POST
    @Path("/{kind}/{name}/revocations")
    public Response revoke(String kind, String name, Revocation body) {
        return desk.send(
                new RevokeEnforcer(
                        new EnforcerName(kind, name),
                        Body.need(body.reason(), "reason"),
                        desk.responder(),
                        desk.now()));
    }

    private String reachableName() {
        return agents.names()
                .filter(names -> !names.isEmpty())
                .map(java.util.List::getFirst)
                .orElse(agents.address());
    }
}
