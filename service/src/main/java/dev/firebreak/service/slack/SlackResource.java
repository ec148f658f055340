package dev.firebreak.service.slack;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/// Where Slack calls: the raw bytes, since the signature is over exactly these.
@Path("/chatops/slack")
public class SlackResource {

    private final SlackRoom slack;

    SlackResource(SlackRoom slack) {
        this.slack = slack;
    }

    @POST
    public Response handle(@Context HttpHeaders headers, byte[] body) {
        return slack.endpoint()
                .map(endpoint -> endpoint.handle(headers.getRequestHeaders(), body))
                .map(answer ->
                        Response.status(answer.status())
                                .type(answer.contentType())
                                .entity(answer.body())
                                .build())
                .orElseGet(() -> Response.status(Response.Status.NOT_FOUND).build());
    }
}
