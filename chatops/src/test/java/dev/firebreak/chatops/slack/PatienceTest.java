package dev.firebreak.chatops.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A Slack that begins an answer and never ends it keeps nobody for ever.
@Timeout(30)
class PatienceTest {

    private static final Duration PATIENCE = Duration.ofMillis(200);

    @Test
    void a_call_whose_answer_stalls_is_tried_later() throws Exception {
        try (var slack = new StallingServer();
                var client = SlackApi.client()) {
            var api = new SlackApi(client, slack.url(), Slack.SECRET, PATIENCE);

            assertThat(api.call("chat.postMessage", new JsonObject()))
                    .isEqualTo(new SlackApi.Answer.Later("HttpTimeoutException", Optional.empty()));
        }
    }

    @Test
    void an_answer_to_a_response_url_that_stalls_is_given_up() throws Exception {
        try (var slack = new StallingServer();
                var client = SlackApi.client()) {
            var urls = new ResponseUrls(client, slack.url(), PATIENCE);

            var sent = urls.post(slack.url().resolve("/hook").toString(), new JsonObject());

            assertThat(sent.get(20, TimeUnit.SECONDS)).isFalse();
        }
    }
}
