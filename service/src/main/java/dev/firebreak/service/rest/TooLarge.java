package dev.firebreak.service.rest;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jspecify.annotations.Nullable;

/// A body that says that it is beyond the limit is refused unread, in the form of all errors; the
/// framework's own answer would be empty. What does not say how large it is meets [BoundedBody].
@ApplicationScoped
class TooLarge {

    /// Below quarkus.http.limits.max-body-size, so that the framework is never the one to refuse.
    static final long LIMIT = 1 << 20;

    static final int STATUS = 413;
    static final String TITLE = "Content Too Large";
    static final String CODE = "http-413";
    static final String DETAIL =
            "The body is larger than 1 MiB and was not read. Nothing was done.";

    private static final int DIGITS = 18;

    private static final String PROBLEM =
            """
            {"type":"https://firebreak.dev/problems/%s","title":"%s","status":%d,"detail":"%s",\
            "code":"%s"}
            """
                    .formatted(CODE, TITLE, STATUS, DETAIL, CODE);

    void guard(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).handler(TooLarge::look);
    }

    private static void look(RoutingContext context) {
        if (!isTooLarge(context.request().getHeader(HttpHeaders.CONTENT_LENGTH))) {
            context.next();
            return;
        }
        context.response()
                .setStatusCode(STATUS)
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
                .end(PROBLEM);
    }

    private static boolean isTooLarge(@Nullable String length) { // absent: it does not say
        return length != null
                && length.matches("\\d+")
                && (length.length() > DIGITS || Long.parseLong(length) > LIMIT);
    }
}
