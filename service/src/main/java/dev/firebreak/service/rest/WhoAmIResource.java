package dev.firebreak.service.rest;

import dev.firebreak.commandside.guardrail.Guardrails;
import dev.firebreak.commandside.guardrail.Limits;
import dev.firebreak.service.security.Asking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Locale;

/// Who the token says I am, and what that lets me do.
@Path("/api/v1/whoami")
@Produces(MediaType.APPLICATION_JSON)
public class WhoAmIResource {

    private final Asking asking;
    private final Guardrails guardrails;

    WhoAmIResource(Asking asking, Guardrails guardrails) {
        this.asking = asking;
        this.guardrails = guardrails;
    }

    record WhoAmI(String name, String role, Limits limits) {}

    @GET
    public Object whoAmI() {
        var responder = asking.responder();
        return new WhoAmI(
                responder.name().value(),
                responder.role().name().toLowerCase(Locale.ROOT),
                guardrails.limits(responder.role()));
    }
}
