package dev.firebreak.service.rest;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Set;

/// A body has to be here whole within a time. The framework's own bound is on the silence between
/// two pieces, and whoever sends one byte at a time would be waited for for days.
@ApplicationScoped
class SlowBody {

    /// A mebibyte, the most that is taken, at 70 kB/s.
    static final Duration WITHIN = Duration.ofSeconds(15);

    /// For the answer to arrive; what is cut off at once may never be read.
    private static final Duration PARTING = Duration.ofSeconds(1);

    private static final Set<HttpMethod> WITHOUT_BODY =
            Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS, HttpMethod.DELETE);

    private static final int STATUS = 408;
    private static final long NO_ERROR = 0;

    private static final String PROBLEM =
            """
            {"type":"https://firebreak.dev/problems/http-408","title":"Request Timeout",\
            "status":408,"detail":"The body was not here whole within %d s, so the request was \
            given up. Send it again.","code":"http-408"}
            """
                    .formatted(WITHIN.toSeconds());

    /// Whether the body was read to its end. The request does not know while it is held up, and it
    /// is held up until the answer.
    private static final String HERE = SlowBody.class.getName();

    /// The body of this request was read to its end.
    static void isHere(RoutingContext context) {
        context.put(HERE, true);
    }

    void guard(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).handler(SlowBody::watch);
    }

    private static void watch(RoutingContext context) {
        var request = context.request();
        if (bringsABody(request)) {
            var alarm = context.vertx().setTimer(WITHIN.toMillis(), _ -> look(context));
            context.addEndHandler(_ -> forget(context, alarm));
        }
        context.next();
    }

    /// HTTP/2 does not say beforehand; there, who asks by a method without a body has none that
    /// anybody waits for.
    private static boolean bringsABody(HttpServerRequest request) {
        return request.version() == HttpVersion.HTTP_2
                ? !WITHOUT_BODY.contains(request.method())
                : request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
                        || request.headers().contains(HttpHeaders.CONTENT_LENGTH);
    }

    /// An answer may come before the end of the body, and what is still sent then is read, too.
    private static void forget(RoutingContext context, long alarm) {
        if (wasRead(context)) {
            context.vertx().cancelTimer(alarm);
        }
    }

    private static void look(RoutingContext context) {
        if (wasRead(context)) {
            return;
        }
        if (context.response().headWritten()) {
            cut(context);
            return;
        }
        context.response()
                .setStatusCode(STATUS)
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .end(PROBLEM)
                .onComplete(_ -> context.vertx().setTimer(PARTING.toMillis(), _ -> cut(context)));
    }

    private static boolean wasRead(RoutingContext context) {
        return context.get(HERE) != null || context.request().isEnded();
    }

    /// Other requests of an HTTP/2 connection go on.
    private static void cut(RoutingContext context) {
        if (context.request().version() == HttpVersion.HTTP_2) {
            context.response().reset(NO_ERROR);
        } else {
            context.request().connection().close();
        }
    }
}
