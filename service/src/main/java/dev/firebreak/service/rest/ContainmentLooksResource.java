package dev.firebreak.service.rest;

import dev.firebreak.eventlog.log.PostgresLog;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.InvalidTerm;
import dev.firebreak.queryside.Views;
import dev.firebreak.queryside.containment.ContainmentViews.Which;
import dev.firebreak.queryside.replay.Replay;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.Locale;

/// Containments, as they are seen.
@Path("/api/v1/containments")
@Produces(MediaType.APPLICATION_JSON)
public class ContainmentLooksResource {

    private final Views views;
    private final Shown shown;
    private final Replay replay;
    private final Clock clock;

    ContainmentLooksResource(Views views, Shown shown, PostgresLog log, Clock clock) {
        this.views = views;
        this.shown = shown;
        this.replay = new Replay(log);
        this.clock = clock;
    }

    @GET
    public Object list(
            @QueryParam("state") @DefaultValue("active") String state,
            @QueryParam("limit") @DefaultValue("50") int limit) {
        return views.containments().list(which(state), limit, clock.instant());
    }

    @GET
    @Path("/{id}")
    public Response one(@PathParam("id") String text) {
        var id = ContainmentId.parse(text);
        return shown.findOrAwait(id)
                .map(view -> Response.ok(view).build())
                .orElseGet(() -> unknown(id));
    }

    /// Folded from the log, never from the views. With `folded`, what repeats itself is one line.
    @GET
    @Path("/{id}/timeline")
    public Response timeline(
            @PathParam("id") String text,
            @QueryParam("after") @DefaultValue("0") long after,
            @QueryParam("limit") @DefaultValue("1000") int limit,
            @QueryParam("folded") @DefaultValue("false") boolean folded) {
        var id = ContainmentId.parse(text);
        var lines = folded ? replay.folded(id, after, limit) : replay.timeline(id, after, limit);
        return lines.isEmpty() && after == 0 ? unknown(id) : Response.ok(lines).build();
    }

    private static Which which(String state) {
        try {
            return Which.valueOf(state.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException _) {
            throw new InvalidTerm(
                    "'state' is one of active, waiting, ended and all, not what was given.");
        }
    }

    private static Response unknown(ContainmentId id) {
        return Problem.response(
                Response.Status.NOT_FOUND,
                "unknown-containment",
                ("No containment has the id %s. A plan is not kept until it is applied; status lists"
                                + " what there is.")
                        .formatted(id));
    }
}
