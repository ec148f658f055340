package dev.firebreak.service.rest;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/// What no client of good sense sends, before it reaches a resource.
@ApplicationScoped
class Doorway {

    private static final int AFTER_TOO_LARGE = Integer.MIN_VALUE + 1;

    /// One of what a client would take, as RFC 9110 has it.
    private static final String RANGE = "[^\\s/,;]+/[^\\s/,;]+(\\s*;\\s*(?!q=)[^,;]*)*";

    private static final String WEIGHT = "(\\s*;\\s*q=[01](\\.\\d{0,3})?)?";
    private static final Pattern ACCEPT =
            Pattern.compile("\\s*%1$s%2$s\\s*(,\\s*%1$s%2$s\\s*)*".formatted(RANGE, WEIGHT));

    private static final int MAX_ACCEPT = 1_000;

    private static final int UNREADABLE = 400;

    private static final String PROBLEM =
            """
            {"type":"https://firebreak.dev/problems/http-400","title":"Bad Request",\
            "status":400,"detail":"The address or the host of the request cannot be read. Nothing \
            was done.","code":"http-400"}
            """;

    void guard(@Observes Router router) {
        router.route()
                .order(AFTER_TOO_LARGE)
                .handler(Doorway::accept)
                .failureHandler(Doorway::refuse);
    }

    /// Who cannot say what they would take is given what there is.
    private static void accept(RoutingContext context) {
        if (!isAddress(context.request().uri())) {
            context.fail(UNREADABLE);
            return;
        }
        var headers = context.request().headers();
        if (!headers.getAll(HttpHeaders.ACCEPT).stream().allMatch(Doorway::isReadable)) {
            headers.remove(HttpHeaders.ACCEPT);
        }
        context.next();
    }

    /// The framework's own look is switched off at start, since its answer is empty.
    private static boolean isAddress(String uri) {
        try {
            var _ = new URI(uri);
            return true;
        } catch (URISyntaxException _) {
            return false;
        }
    }

    private static boolean isReadable(String accept) {
        return accept.length() <= MAX_ACCEPT && ACCEPT.matcher(accept).matches();
    }

    /// What fails so early fails without a cause; the framework's own answer would speak of a
    /// stack.
    private static void refuse(RoutingContext context) {
        if (context.statusCode() != UNREADABLE || context.response().ended()) {
            context.next();
            return;
        }
        context.response()
                .setStatusCode(UNREADABLE)
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .end(PROBLEM);
    }
}
