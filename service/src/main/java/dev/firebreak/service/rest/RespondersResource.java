package dev.firebreak.service.rest;

import dev.firebreak.commandside.responder.ResponderCommand.ChangeRole;
import dev.firebreak.commandside.responder.ResponderCommand.DismissResponder;
import dev.firebreak.commandside.responder.ResponderCommand.EnlistResponder;
import dev.firebreak.commandside.responder.ResponderCommand.IssueToken;
import dev.firebreak.commandside.responder.ResponderCommand.LinkSlackUser;
import dev.firebreak.commandside.responder.ResponderCommand.RevokeToken;
import dev.firebreak.commandside.responder.ResponderCommand.UnlinkSlackUser;
import dev.firebreak.eventlog.term.InvalidTerm;
import dev.firebreak.eventlog.term.ResponderName;
import dev.firebreak.eventlog.term.Role;
import dev.firebreak.eventlog.term.SlackUser;
import dev.firebreak.segmentation.Estate;
import dev.firebreak.segmentation.KnownResponder;
import dev.firebreak.segmentation.LiveEstate;
import dev.firebreak.service.security.Tokens;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who may ask, and by which tokens and Slack identities they are known. For admins, which is
/// decided where everything is decided, so that who tried is written down.
@Path("/api/v1/responders")
@Produces(MediaType.APPLICATION_JSON)
public class RespondersResource {

    static final int DEFAULT_TOKEN_DAYS = 90;
    static final int MAX_TOKEN_DAYS = 366;

    private final Desk desk;
    private final LiveEstate estate;

    RespondersResource(Desk desk, LiveEstate estate) {
        this.desk = desk;
        this.estate = estate;
    }

    record TokenView(String id, Instant expiresAt) {}

    record ResponderView(
            ResponderName name, Role role, List<String> slackUsers, List<TokenView> tokens) {}

    record Enlistment(
            @Nullable ResponderName name, // absent when left out
            @Nullable Role role) {} // absent when left out

    record RoleChange(@Nullable Role role) {} // absent when left out

    record TokenRequest(@Nullable Integer days) {} // absent when left out

    record NewToken(String tokenId, String token, Instant expiresAt) {}

    record SlackLink(@Nullable String slackUser) {} // absent when left out

    @GET
    public Response all() {
        return desk.show(
                Role.ADMIN,
                "ListResponders",
                "responders",
                "see who may ask",
                () ->
                        estate.read(Estate::responders).stream()
                                .map(RespondersResource::view)
                                .toList());
    }

    @POST
    public Response enlist(Enlistment body) {
        var name = Body.need(body.name(), "name");
        var role = Body.need(body.role(), "role");
        return desk.send(
                new EnlistResponder(name, role, desk.responder(), desk.now()), _ -> shown(name));
    }

    @PUT
    @Path("/{name}/role")
    public Response changeRole(@PathParam("name") String named, RoleChange body) {
        var name = new ResponderName(named);
        return desk.send(
                new ChangeRole(name, Body.need(body.role(), "role"), desk.responder(), desk.now()));
    }

    @DELETE
    @Path("/{name}")
    public Response dismiss(@PathParam("name") String named) {
        var name = new ResponderName(named);
        return desk.send(new DismissResponder(name, desk.responder(), desk.now()));
    }

    @POST
    @Path("/{name}/tokens")
    public Response issueToken(@PathParam("name") String named, TokenRequest body) {
        var name = new ResponderName(named);
        var days = Body.or(body.days(), DEFAULT_TOKEN_DAYS);
        if (days < 1 || days > MAX_TOKEN_DAYS) {
            throw new InvalidTerm("A token lasts 1 to %d days.".formatted(MAX_TOKEN_DAYS));
        }
        var now = desk.now();
        var token = Tokens.mint();
        var id = Tokens.mintId();
        var expiresAt = now.plus(Duration.ofDays(days));
        return desk.send(
                new IssueToken(name, id, Tokens.hash(token), expiresAt, desk.responder(), now),
                _ -> new NewToken(id, token, expiresAt));
    }

    @DELETE
    @Path("/{name}/tokens/{tokenId}")
    public Response revokeToken(@PathParam("name") String named, String tokenId) {
        var name = new ResponderName(named);
        return desk.send(new RevokeToken(name, tokenId, desk.responder(), desk.now()));
    }

    @POST
    @Path("/{name}/slack-users")
    public Response linkSlackUser(@PathParam("name") String named, SlackLink body) {
        var name = new ResponderName(named);
        var user = SlackUser.parse(Body.need(body.slackUser(), "slackUser"));
        return desk.send(
                new LinkSlackUser(name, user, desk.responder(), desk.now()), _ -> shown(name));
    }

    @DELETE
    @Path("/{name}/slack-users/{team}/{user}")
    public Response unlinkSlackUser(@PathParam("name") String named, String team, String user) {
        var name = new ResponderName(named);
        return desk.send(
                new UnlinkSlackUser(name, new SlackUser(team, user), desk.responder(), desk.now()));
    }

    private Object shown(ResponderName name) {
        return estate.read(e -> e.responder(name))
                .map(RespondersResource::view)
                .orElseGet(() -> new ResponderView(name, Role.VIEWER, List.of(), List.of()));
    }

    private static ResponderView view(KnownResponder known) {
        return new ResponderView(
                known.name(),
                known.role(),
                known.slackUsers().stream().map(SlackUser::toString).toList(),
                known.tokens().stream()
                        .map(token -> new TokenView(token.id(), token.expiresAt()))
                        .toList());
    }
}
