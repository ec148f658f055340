package dev.firebreak.chatops.slack;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Slack's Web API, one call at a time, with an end to every wait.
final class SlackApi {

    /// What Slack answered.
    sealed interface Answer {

        record Ok(JsonObject body) implements Answer {}

        /// Slack's own word for why not, such as `channel_not_found`.
        record Refused(String error) implements Answer {}

        /// Too many calls, a fault of theirs, or silence. After silence nobody knows whether the
        /// call was heard. `after` is how long Slack wants to be left alone, if it said so.
        record Later(String why, Optional<Duration> after) implements Answer {}
    }

    static final Duration PATIENCE = Duration.ofSeconds(5);
    static final Duration LONGEST_REST = Duration.ofMinutes(5);

    private static final int TOO_MANY = 429;
    private static final int OK = 200;

    private final HttpClient client;
    private final URI base;
    private final Secret token;
    private final Duration patience;

    SlackApi(HttpClient client, URI base, Secret token, Duration patience) {
        this.client = client;
        this.base = base;
        this.token = token;
        this.patience = patience;
    }

    static HttpClient client() {
        return HttpClient.newBuilder()
                .connectTimeout(PATIENCE)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    Answer call(String method, JsonObject body) throws InterruptedException {
        var request =
                HttpRequest.newBuilder(base.resolve(method))
                        .header("Content-Type", "application/json; charset=utf-8")
                        .header("Authorization", "Bearer " + token.reveal())
                        .POST(BodyPublishers.ofString(body.toString()))
                        .build();
        try {
            return answer(exchanged(request));
        } catch (IOException e) {
            return new Answer.Later(e.getClass().getSimpleName(), Optional.empty());
        }
    }

    /// A timeout of the request's own would end with the headers, and a body that stalls would be
    /// waited for without end.
    private HttpResponse<String> exchanged(HttpRequest request)
            throws IOException, InterruptedException {
        var exchange = client.sendAsync(request, BodyHandlers.ofString());
        try {
            return exchange.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            throw new HttpTimeoutException("no whole answer within " + patience);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof IOException lost ? lost : new IOException(failed);
        } finally {
            exchange.cancel(true);
        }
    }

    private static Answer answer(HttpResponse<String> response) {
        if (response.statusCode() == TOO_MANY) {
            return new Answer.Later("rate limit", restAfter(response));
        }
        if (response.statusCode() != OK) {
            return new Answer.Later("HTTP " + response.statusCode(), restAfter(response));
        }
        try {
            var body = JsonParser.parseString(response.body()).getAsJsonObject();
            return body.has("ok") && body.get("ok").getAsBoolean()
                    ? new Answer.Ok(body)
                    : refused(body, response);
        } catch (JsonParseException | IllegalStateException | UnsupportedOperationException _) {
            return new Answer.Later("an answer that is not Slack's", Optional.empty());
        }
    }

    private static Answer refused(JsonObject body, HttpResponse<String> response) {
        var error = body.has("error") ? body.get("error").getAsString() : "no error named";
        return switch (error) {
            case "ratelimited", "rate_limited" -> new Answer.Later(error, restAfter(response));
            case "internal_error", "fatal_error", "service_unavailable", "request_timeout" ->
                    new Answer.Later(error, Optional.empty());
            default -> new Answer.Refused(error);
        };
    }

    static Optional<Duration> restAfter(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(text -> text.matches("\\d{1,6}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .map(rest -> rest.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest);
    }
}
