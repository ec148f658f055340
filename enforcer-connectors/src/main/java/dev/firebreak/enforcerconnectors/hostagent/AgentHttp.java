package dev.firebreak.enforcerconnectors.hostagent;

import dev.firebreak.enforcerconnectors.hostagent.EnrolmentAnswer.Issued;
import dev.firebreak.enforcerconnectors.hostagent.EnrolmentAnswer.Problem;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.LinkedHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Enrolment and renewal over HTTP: bounded bodies, problems as RFC 9457, and few failures a minute
/// from one address.
final class AgentHttp {

    static final int MAX_BODY_BYTES = 16_384;

    private static final String RETRY_AFTER_SECONDS = "5";

    private final Vertx vertx;
    private final EnrolmentDesk desk;
    private final Wire wire;
    private final Allowance failures;
    private final Executor workers;

    AgentHttp(Vertx vertx, EnrolmentDesk desk, Wire wire, Allowance failures, Executor workers) {
        this.vertx = vertx;
        this.desk = desk;
        this.wire = wire;
        this.failures = failures;
        this.workers = workers;
    }

    void enrol(HttpServerRequest request) {
        withBody(request, body -> desk.enrol(body));
    }

    void renew(HttpServerRequest request) {
        var presented = Presented.in(request.sslSession());
        withBody(request, body -> desk.renew(body, presented));
    }

    void answer(HttpServerRequest request, EnrolmentAnswer answer) {
        var response = request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        switch (answer) {
            case Issued issued -> {
                response.putHeader("content-type", "application/json");
                var _ = response.end(wire.json(issued));
            }
            case Problem(var status, var code, var sentence) -> {
                response.setStatusCode(status)
                        .putHeader("content-type", "application/problem+json");
                if (status == 429 || status == 503) {
                    response.putHeader("retry-after", RETRY_AFTER_SECONDS);
                }
                var problem = new LinkedHashMap<String, Object>();
                problem.put("status", status);
                problem.put("code", code);
                problem.put("detail", sentence);
                var _ = response.end(wire.json(problem));
            }
        }
    }

    static EnrolmentAnswer notFound() {
        return new Problem(404, "not-found", "There is nothing here.");
    }

    static EnrolmentAnswer certificateRequired() {
        return new Problem(
                401, "certificate-required", "The channel needs the enforcer's certificate.");
    }

    static EnrolmentAnswer tooMany() {
        return new Problem(503, "too-many", "Too many at once; come again in a while.");
    }

    private void withBody(
            HttpServerRequest request, Function<EnrolmentRequest, EnrolmentAnswer> desk) {
        var from = request.remoteAddress().hostAddress();
        if (!failures.has(from)) {
            answer(
                    request,
                    new Problem(429, "too-many-failures", "Too many failed; wait a minute."));
            return;
        }
        var context = vertx.getOrCreateContext();
        var body = Buffer.buffer();
        request.handler(part -> {
            if (body.length() + part.length() > MAX_BODY_BYTES) {
                answer(request, new Problem(413, "too-large", "The body is too large."));
                var _ = request.connection().close();
            } else {
                body.appendBuffer(part);
            }
        });
        request.endHandler(_ -> {
            var _ =
                    CompletableFuture.supplyAsync(() -> read(body, desk), workers)
                            .whenComplete((answer, failure) ->
                                    done(context, request, from, answer, failure));
        });
    }

    private EnrolmentAnswer read(Buffer body, Function<EnrolmentRequest, EnrolmentAnswer> desk) {
        try {
            return desk.apply(wire.read(body.getBytes(), EnrolmentRequest.class));
        } catch (MalformedFrame malformed) {
            return new Problem(400, "malformed", malformed.sentence());
        }
    }

    private void done(
            Context context,
            HttpServerRequest request,
            String from,
            @Nullable EnrolmentAnswer answer,
            @Nullable Throwable failure) {
        var known =
                answer == null || failure != null
                        ? new Problem(503, "log-unavailable", "The log cannot be written now.")
                        : answer;
        if (known instanceof Problem(var status, _, _) && status < 500) {
            failures.take(from);
        }
        context.runOnContext(_ -> answer(request, known));
    }
}
