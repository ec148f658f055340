package dev.firebreak.cli;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The service over REST. What is not an answer is a [Stop] with a sentence: who could not be
/// reached, what was refused, or that nobody knows.
final class Rest implements AutoCloseable {

    static final ObjectMapper JSON = new ObjectMapper();

    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final Duration LONG_ANSWER = Duration.ofMinutes(10);

    /// By its first word the service knows that somebody sat at a terminal.
    private static final String AGENT = "firebreak-cli/1";

    /// What changes something answers 201; this says that it had been decided before.
    private static final int OK = 200;

    private final Access access;
    private final Duration patience;
    private final HttpClient client;

    Rest(Access access) {
        this(access, ANSWER);
    }

    Rest(Access access, Duration patience) {
        this.access = access;
        this.patience = patience;
        client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .sslContext(access.trust().context())
                        .connectTimeout(CONNECT)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build();
    }

    JsonNode get(String path) {
        return ask("GET", path, BodyPublishers.noBody(), patience);
    }

    /// For what reads the whole log.
    JsonNode getPatiently(String path) {
        return ask("GET", path, BodyPublishers.noBody(), LONG_ANSWER);
    }

    JsonNode post(String path, JsonNode body) {
        return request(path, body).body();
    }

    /// What it answers to a request, and whether that was decided just now or stood already.
    Answer request(String path, JsonNode body) {
        return answer("POST", path, BodyPublishers.ofString(body.toString()), patience);
    }

    record Answer(JsonNode body, boolean stoodAlready) {}

    JsonNode put(String path, JsonNode body) {
        return ask("PUT", path, BodyPublishers.ofString(body.toString()), patience);
    }

    JsonNode delete(String path) {
        return ask("DELETE", path, BodyPublishers.noBody(), patience);
    }

    private JsonNode ask(String method, String path, BodyPublisher body, Duration atMost) {
        return answer(method, path, body, atMost).body();
    }

    private Answer answer(String method, String path, BodyPublisher body, Duration atMost) {
        try {
            var request =
                    HttpRequest.newBuilder(access.base().resolve("api/v1/" + path))
                            .header("Authorization", "Bearer " + access.token())
                            .header("Accept", "application/json, application/problem+json")
                            .header("User-Agent", AGENT)
                            .header("Content-Type", "application/json")
                            .header("Idempotency-Key", UUID.randomUUID().toString())
                            .method(method, body)
                            .build();
            return answer(exchanged(request, atMost));
        } catch (HttpConnectTimeoutException silence) {
            throw failed(method, silence);
        } catch (HttpTimeoutException _) {
            throw lost(method);
        } catch (IOException failure) {
            throw failed(method, failure);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw lost(method);
        } catch (IllegalArgumentException _) {
            throw new Stop(Exit.USAGE, "The token has characters that no token has.");
        }
    }

    /// A timeout of the request's own would end with the headers, and a body that stalls would be
    /// waited for without end.
    private HttpResponse<String> exchanged(HttpRequest request, Duration atMost)
            throws IOException, InterruptedException {
        var exchange = client.sendAsync(request, BodyHandlers.ofString());
        try {
            return exchange.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            throw new HttpTimeoutException("no whole answer within " + atMost);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof IOException lost ? lost : new IOException(failed);
        } finally {
            exchange.cancel(true);
        }
    }

    /// A question goes out after the handshake, so without one nothing was asked.
    private Stop failed(String method, IOException failure) {
        return new Handshake(access)
                .trouble(failure)
                .map(Rest::unasked)
                .orElseGet(() -> isUnconnected(failure) ? absent() : lost(method));
    }

    private static boolean isUnconnected(IOException failure) {
        return failure instanceof ConnectException
                || failure instanceof HttpConnectTimeoutException;
    }

    private static Stop unasked(String why) {
        return new Stop(Exit.UNREACHABLE, why + " Nothing was asked.");
    }

    private Stop absent() {
        return new Stop(
                Exit.UNREACHABLE,
                ("%s does not answer, so nothing was asked. Is it running? ./firebreak up starts it;"
                                + " --url names another, --data the directory of one here.")
                        .formatted(access.base()));
    }

    private Stop lost(String method) {
        return "GET".equals(method)
                ? new Stop(
                        Exit.UNREACHABLE,
                        "%s took the question and did not answer. firebreak doctor tells more."
                                .formatted(access.base()))
                : new Stop(
                        Exit.UNKNOWN,
                        ("%s took the request and did not answer, so it is not known whether it was"
                                        + " decided. firebreak status shows; asking for the same again"
                                        + " changes nothing if it was.")
                                .formatted(access.base()));
    }

    private static Answer answer(HttpResponse<String> response) {
        var body = json(response);
        if (response.statusCode() < 300) {
            return new Answer(body, response.statusCode() == OK);
        }
        var exit = exit(response.statusCode());
        throw body instanceof ObjectNode problem && !problem.path("detail").asText("").isEmpty()
                ? new Stop(exit, problem.path("detail").asText(), problem)
                : new Stop(exit, unexplained(response.statusCode()));
    }

    private static JsonNode json(HttpResponse<String> response) {
        try {
            return response.body().isBlank()
                    ? MissingNode.getInstance()
                    : JSON.readTree(response.body());
        } catch (JacksonException _) {
            if (response.statusCode() >= 300) {
                return MissingNode.getInstance();
            }
            throw new Stop(
                    Exit.FAILED, "The answer is not Firebreak's. Does --url name something else?");
        }
    }

    private static Exit exit(int status) {
        return switch (status) {
            case 400 -> Exit.USAGE;
            case 401, 403 -> Exit.NOT_PERMITTED;
            case 502, 503, 504 -> Exit.UNREACHABLE;
            default -> Exit.FAILED;
        };
    }

    private static String unexplained(int status) {
        return switch (status) {
            case 401 ->
                    "The service does not know this token. Set FIREBREAK_TOKEN to one that is valid.";
            case 403 -> "You may not do that; firebreak whoami shows what you may.";
            case 404 -> "The service does not know that. Is it another release?";
            case 503 -> "The service cannot take this right now. Try again in a moment.";
            default ->
                    "The service answered %d without a reason. firebreak doctor tells more."
                            .formatted(status);
        };
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
