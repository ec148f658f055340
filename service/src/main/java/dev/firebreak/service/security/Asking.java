package dev.firebreak.service.security;

import dev.firebreak.commandside.command.Origin;
import dev.firebreak.eventlog.term.InvalidTerm;
import dev.firebreak.eventlog.term.Responder;
import dev.firebreak.eventlog.term.Surface;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.RequestScoped;
import java.util.UUID;

/// Who is asking in this request, and what the request itself is called.
@RequestScoped
public class Asking {

    private static final String KEY_HEADER = "Idempotency-Key";
    private static final String CLI_AGENT = "firebreak-cli/";

    private final SecurityIdentity identity;
    private final HttpServerRequest request;

    Asking(SecurityIdentity identity, HttpServerRequest request) {
        this.identity = identity;
        this.request = request;
    }

    public Responder responder() {
        return identity.getAttribute(TokenAuthentication.RESPONDER);
    }

    public Origin origin() {
        return new Origin(responder(), surface(), UUID.randomUUID(), key());
    }

    private Surface surface() {
        var agent = request.getHeader("User-Agent");
        return agent != null && agent.startsWith(CLI_AGENT) ? Surface.CLI : Surface.REST;
    }

    private String key() {
        var key = request.getHeader(KEY_HEADER);
        if (key == null) {
            return "";
        }
        if (key.isBlank() || key.length() > Origin.MAX_KEY) {
            throw new InvalidTerm(
                    "%s holds 1 to %d characters.".formatted(KEY_HEADER, Origin.MAX_KEY));
        }
        return key;
    }
}
