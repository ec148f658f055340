package dev.firebreak.whole;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Slack's half of the conversation: signs as Slack does, sends commands and presses buttons.
final class SlackSide {

    static final ObjectMapper JSON = new ObjectMapper();

    private final Instance firebreak;
    private final String secret;
    private final String hooks;
    private final AtomicInteger triggers = new AtomicInteger();

    /// `hooks` is where answers that come later are sent.
    SlackSide(Instance firebreak, String secret, String hooks) {
        this.firebreak = firebreak;
        this.secret = secret;
        this.hooks = hooks;
    }

    /// What stands in the answer to a command typed by a user of workspace `team`.
    JsonNode typed(String team, String user, String text) {
        return json(sent(command(team, user, text)));
    }

    byte[] command(String team, String user, String text) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("token", "unused");
        fields.put("team_id", team);
        fields.put("channel_id", "C1");
        fields.put("user_id", user);
        fields.put("command", "/firebreak");
        fields.put("text", text);
        fields.put("response_url", hooks);
        fields.put("trigger_id", "trigger." + triggers.incrementAndGet());
        return form(fields);
    }

    HttpResponse<String> press(String user, String ticket) {
        var payload = JSON.createObjectNode().put("type", "block_actions").put("token", "unused");
        payload.putObject("user").put("id", user).put("team_id", "T1");
        payload.putObject("team").put("id", "T1");
        payload.putObject("container").put("type", "message").put("channel_id", "C1");
        payload.putObject("channel").put("id", "C1");
        payload.put("trigger_id", "trigger." + triggers.incrementAndGet());
        payload.put("response_url", hooks);
        payload.putArray("actions")
                .addObject()
                .put("action_id", "firebreak-x")
                .put("block_id", "b")
                .put("type", "button")
                .put("value", ticket);
        return sent(form(Map.of("payload", payload.toString())));
    }

    /// Signed now.
    HttpResponse<String> sent(byte[] body) {
        var now = Long.toString(Instant.now().getEpochSecond());
        return sent(body, now, sign(secret, now, body));
    }

    HttpResponse<String> sent(byte[] body, String timestamp, String signature) {
        return firebreak.send(
                firebreak
                        .anonymous("/chatops/slack")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("X-Slack-Request-Timestamp", timestamp)
                        .header("X-Slack-Signature", signature)
                        .POST(BodyPublishers.ofByteArray(body)));
    }

    static String sign(String secret, String timestamp, byte[] body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
            mac.update(("v0:" + timestamp + ":").getBytes(UTF_8));
            return "v0=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /// The value of the button with this label.
    static String ticket(JsonNode message, String label) {
        return StreamSupport.stream(message.path("blocks").spliterator(), false)
                .flatMap(block -> StreamSupport.stream(block.path("elements").spliterator(), false))
                .filter(each -> label.equals(each.path("text").path("text").asText()))
                .map(each -> each.path("value").asText())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no button " + label + " in " + message));
    }

    static JsonNode json(HttpResponse<String> answer) {
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
        return json(answer.body());
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (com.fasterxml.jackson.core.JsonProcessingException wrong) {
            throw new UncheckedIOException(wrong);
        }
    }

    private static byte[] form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), UTF_8))
                .collect(Collectors.joining("&"))
                .getBytes(UTF_8);
    }
}
