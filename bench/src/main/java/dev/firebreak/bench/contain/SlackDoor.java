package dev.firebreak.bench.contain;

import dev.firebreak.bench.instance.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Slack's side of the wire: signed commands, and presses of the buttons that come back.
final class SlackDoor {

    static final String TEAM = "T0BENCH";
    static final String USER = "U0BENCH";

    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final Pattern APPLY =
            Pattern.compile("\"action_id\":\"firebreak-apply\".*?\"value\":\"([^\"]+)\"");
    private static final Pattern APPLY_OTHERWISE =
            Pattern.compile("\"value\":\"([^\"]+)\"[^}]*?\"action_id\":\"firebreak-apply\"");

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI url;
    private final String secret;

    SlackDoor(String serviceUrl, String secret) {
        this.url = URI.create(serviceUrl + "/chatops/slack");
        this.secret = secret;
    }

    /// Types a command; the answer is what Slack would show.
    Answer type(String text) throws IOException, InterruptedException {
        return send(
                "team_id=%s&user_id=%s&channel_id=C0BENCH&command=%%2Ffirebreak&text=%s&trigger_id=%s"
                        .formatted(TEAM, USER, encoded(text), UUID.randomUUID()));
    }

    /// What the Apply button of a plan carries.
    static String ticket(Answer plan) {
        for (var pattern : new Pattern[] {APPLY, APPLY_OTHERWISE}) {
            var match = pattern.matcher(plan.body());
            if (match.find()) {
                return match.group(1);
            }
        }
        throw new IllegalStateException("there is nothing to apply in: " + plan.body());
    }

    /// Presses it.
    Answer press(String ticket) throws IOException, InterruptedException {
        var payload =
                """
                {"type": "block_actions", "trigger_id": "%s", "team": {"id": "%s"},
                 "user": {"id": "%s", "team_id": "%s"}, "channel": {"id": "C0BENCH"},
                 "actions": [{"type": "button", "action_id": "firebreak-apply", "block_id": "b",
                              "value": "%s"}]}
                """
                        .formatted(UUID.randomUUID(), TEAM, USER, TEAM, ticket);
        return send("payload=" + encoded(payload));
    }

    private Answer send(String body) throws IOException, InterruptedException {
        var timestamp = Long.toString(Instant.now().getEpochSecond());
        var request =
                HttpRequest.newBuilder(url)
                        .timeout(ANSWER)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("X-Slack-Request-Timestamp", timestamp)
                        .header("X-Slack-Signature", signature(timestamp, body))
                        .POST(BodyPublishers.ofString(body))
                        .build();
        var answer = http.send(request, BodyHandlers.ofString());
        return new Answer(answer.statusCode(), answer.body());
    }

    private String signature(String timestamp, String body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            var signed = "v0:%s:%s".formatted(timestamp, body);
            return "v0="
                    + HexFormat.of()
                            .formatHex(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException | InvalidKeyException broken) {
            throw new IllegalStateException("every Java platform has HmacSHA256", broken);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
