package dev.firebreak.chatops.slack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Slack's side of the conversation, as far as it is bytes.
final class Slack {

    static final Secret SECRET = new Secret("a signing secret");

    private Slack() {}

    static byte[] command(String text, String trigger, String responseUrl) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("token", "unused");
        fields.put("team_id", "T1");
        fields.put("team_domain", "acme");
        fields.put("channel_id", "C1");
        fields.put("channel_name", "incidents");
        fields.put("user_id", "U1");
        fields.put("user_name", "somebody-elses-name");
        fields.put("command", "/firebreak");
        fields.put("text", text);
        fields.put("response_url", responseUrl);
        fields.put("trigger_id", trigger);
        return form(fields);
    }

    /// A press on a button by `user` of workspace `home`, in a channel of workspace T1.
    static byte[] press(String ticket, String home, String user, String responseUrl) {
        var payload =
                """
                {"type":"block_actions","api_app_id":"A1","token":"unused",
                 "user":{"id":"%s","username":"x","name":"x","team_id":"%s"},
                 "team":{"id":"T1","domain":"acme"},"enterprise":null,
                 "container":{"type":"message","message_ts":"1.2","channel_id":"C1"},
                 "trigger_id":"press.1","channel":{"id":"C1","name":"incidents"},
                 "response_url":"%s",
                 "actions":[{"action_id":"firebreak-x","block_id":"b","type":"button",
                             "text":{"type":"plain_text","text":"x"},"value":"%s","action_ts":"1.0"}]}
                """
                        .formatted(user, home, responseUrl, ticket);
        return form(Map.of("payload", payload));
    }

    static Map<String, List<String>> headers(byte[] body, long seconds) {
        var timestamp = Long.toString(seconds);
        return Map.of(
                "Content-Type", List.of("application/x-www-form-urlencoded"),
                "X-Slack-Request-Timestamp", List.of(timestamp),
                "X-Slack-Signature", List.of(SlackVerifier.sign(SECRET, timestamp, body)));
    }

    private static byte[] form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), UTF_8))
                .collect(Collectors.joining("&"))
                .getBytes(UTF_8);
    }
}
