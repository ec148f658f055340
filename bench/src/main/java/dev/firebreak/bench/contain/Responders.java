package dev.firebreak.bench.contain;

import dev.firebreak.bench.instance.Rest;
import java.io.IOException;

/// Who presses the button.
final class Responders {

    static final String SECRET = "8f742231b10e8888abcd99yyyzzz85a5";

    private Responders() {}

    /// A responder, and the Slack user who is it.
    static void link(Rest rest) throws IOException, InterruptedException {
        rest.post("/api/v1/responders", "{\"name\": \"ann\", \"role\": \"responder\"}")
                .demand("making a responder");
        rest.post(
                        "/api/v1/responders/ann/slack-users",
                        "{\"slackUser\": \"%s/%s\"}".formatted(SlackDoor.TEAM, SlackDoor.USER))
                .demand("linking a Slack user");
    }
}
