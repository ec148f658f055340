package dev.firebreak.chatops.slack;

import com.google.gson.JsonObject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Answers that come later than Slack waits. The address comes with the request, so it is only used
/// when it is Slack's own, or that of the stand-in that is configured as Slack's API.
final class ResponseUrls {

    private static final Logger LOG = System.getLogger(ResponseUrls.class.getName());

    private static final String HOOKS = "hooks.slack.com";

    /// Slack takes five in half an hour.
    private static final int MAX_ATTEMPTS = 3;

    private static final Duration FIRST_REST = Duration.ofMillis(500);
    private static final int REDIRECTION = 300;
    private static final int SERVER_FAULT = 500;
    private static final int TOO_MANY = 429;

    /// In place of a status, when there was none.
    private static final int SILENCE = 599;

    private final HttpClient client;
    private final URI api;
    private final Duration patience;

    ResponseUrls(HttpClient client, URI api, Duration patience) {
        this.client = client;
        this.api = api;
        this.patience = patience;
    }

    /// The address, when something may be sent there.
    Optional<URI> allowed(String text) {
        try {
            var url = new URI(text);
            return isHooks(url) || isStandIn(url) ? Optional.of(url) : Optional.empty();
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }

    private static boolean isHooks(URI url) {
        return "https".equals(url.getScheme())
                && HOOKS.equals(url.getHost())
                && url.getRawUserInfo() == null
                && (url.getPort() == -1 || url.getPort() == 443);
    }

    private boolean isStandIn(URI url) {
        return !SlackSettings.SLACK.getHost().equals(api.getHost())
                && api.getHost() != null
                && api.getHost().equals(url.getHost())
                && api.getScheme().equals(url.getScheme())
                && api.getPort() == url.getPort()
                && url.getRawUserInfo() == null;
    }

    /// Sends it without making anybody wait; ends when it arrived or was given up.
    CompletableFuture<Boolean> post(String text, JsonObject message) {
        return allowed(text)
                .map(url -> attempt(request(url, message), 1))
                .orElseGet(() -> {
                    LOG.log(Level.WARNING, "slack answer not sent: response_url is not Slack's");
                    return CompletableFuture.completedFuture(false);
                });
    }

    private HttpRequest request(URI url, JsonObject message) {
        return HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(BodyPublishers.ofString(message.toString()))
                .build();
    }

    private CompletableFuture<Boolean> attempt(HttpRequest request, int number) {
        var exchange = client.sendAsync(request, BodyHandlers.discarding());
        return exchange.thenApply(HttpResponse::statusCode)
                .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(_ -> silence(exchange))
                .thenCompose(status -> settled(request, number, status));
    }

    private CompletableFuture<Boolean> settled(HttpRequest request, int number, int status) {
        if (status < REDIRECTION) {
            return CompletableFuture.completedFuture(true);
        }
        if (!isPassing(status)) {
            LOG.log(Level.WARNING, "slack answer not sent: refused status={0}", status);
            return CompletableFuture.completedFuture(false);
        }
        if (number == MAX_ATTEMPTS) {
            LOG.log(
                    Level.WARNING,
                    "slack answer not sent: given up attempts={0} status={1}",
                    number,
                    status);
            return CompletableFuture.completedFuture(false);
        }
        var rest = FIRST_REST.multipliedBy(1L << (number - 1));
        return CompletableFuture.supplyAsync(
                        () -> number + 1,
                        CompletableFuture.delayedExecutor(rest.toMillis(), TimeUnit.MILLISECONDS))
                .thenCompose(next -> attempt(request, next));
    }

    private static int silence(CompletableFuture<?> exchange) {
        exchange.cancel(true);
        return SILENCE;
    }

    private static boolean isPassing(int status) {
        return status == TOO_MANY || status >= SERVER_FAULT;
    }
}
