package dev.firebreak.chatops.slack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.chatops.slack.SlackVerifier.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlackVerifierTest {

    /// Slack's own example, from "Verifying requests from Slack".
    private static final Secret SECRET = new Secret("8f742231b10e8888abcd99yyyzzz85a5");

    private static final long SENT = 1_531_420_618;
    private static final byte[] BODY =
            ("token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow"
                            + "&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA"
                            + "&user_name=roadrunner&command=%2Fwebhook-collect&text="
                            + "&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
                            + "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c")
                    .getBytes(UTF_8);
    private static final String SIGNATURE =
            "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503";

    private final SlackVerifier verifier = new SlackVerifier(List.of(SECRET));

    @Test
    void slacks_own_example_is_genuine() {
        assertThat(verify(BODY, SIGNATURE, 0)).isInstanceOf(Verdict.Genuine.class);
    }

    @Test
    void any_flipped_byte_of_the_body_is_refused() {
        for (var i = 0; i < BODY.length; i++) {
            var flipped = BODY.clone();
            flipped[i] ^= 1;
            assertThat(verify(flipped, SIGNATURE, 0))
                    .as("byte %d", i)
                    .isInstanceOf(Verdict.Refused.class);
        }
        assertThat(verify(BODY, SIGNATURE, 0)).isInstanceOf(Verdict.Genuine.class);
    }

    @Test
    void any_changed_letter_of_the_signature_is_refused() {
        for (var i = 0; i < SIGNATURE.length(); i++) {
            var letter = SIGNATURE.charAt(i) == 'f' ? 'e' : 'f';
            var changed = SIGNATURE.substring(0, i) + letter + SIGNATURE.substring(i + 1);
            assertThat(verify(BODY, changed, 0))
                    .as("letter %d", i)
                    .isInstanceOf(Verdict.Refused.class);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-300, -1, 0, 1, 300})
    void a_timestamp_within_five_minutes_either_way_is_genuine(long offset) {
        assertThat(verify(BODY, SIGNATURE, offset)).isInstanceOf(Verdict.Genuine.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {-100_000, -301, 301, 100_000})
    void a_timestamp_further_away_either_way_is_refused(long offset) {
        assertThat(verify(BODY, SIGNATURE, offset))
                .isEqualTo(new Verdict.Refused("timestamp further than 300s from now"));
    }

    @Test
    void headers_that_are_there_twice_or_not_at_all_are_refused() {
        var now = Instant.ofEpochSecond(SENT);
        var timestamp = List.of(Long.toString(SENT));
        var twice = List.of(SIGNATURE, SIGNATURE);

        for (var headers :
                List.of(
                        Map.of("X-Slack-Request-Timestamp", timestamp),
                        Map.of("X-Slack-Signature", List.of(SIGNATURE)),
                        Map.of("X-Slack-Request-Timestamp", timestamp, "X-Slack-Signature", twice),
                        Map.of(
                                "X-Slack-Request-Timestamp", timestamp,
                                "X-Slack-Signature", List.of(SIGNATURE),
                                "x-slack-signature", List.of(SIGNATURE)))) {
            assertThat(verifier.verify(headers, BODY, now)).isInstanceOf(Verdict.Refused.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "-5", "1531420618.0", " 1531420618", "1e9", "9999999999999999", "١٥٣١"})
    void a_timestamp_that_is_not_a_plain_number_is_refused(String timestamp) {
        var headers =
                Map.of(
                        "X-Slack-Request-Timestamp", List.of(timestamp),
                        "X-Slack-Signature", List.of(SIGNATURE));

        assertThat(verifier.verify(headers, BODY, Instant.ofEpochSecond(SENT)))
                .isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void during_a_rotation_both_secrets_work_and_no_third() {
        var rotating = new SlackVerifier(List.of(new Secret("new"), SECRET));
        var now = Instant.ofEpochSecond(SENT);

        assertThat(rotating.verify(headers(SIGNATURE), BODY, now))
                .isInstanceOf(Verdict.Genuine.class);
        assertThat(rotating.verify(headers(signedBy("new")), BODY, now))
                .isInstanceOf(Verdict.Genuine.class);
        assertThat(rotating.verify(headers(signedBy("old")), BODY, now))
                .isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void a_secret_does_not_show_itself() {
        assertThat(SECRET).hasToString("…");
    }

    private static String signedBy(String secret) {
        return SlackVerifier.sign(new Secret(secret), Long.toString(SENT), BODY);
    }

    private Verdict verify(byte[] body, String signature, long offset) {
        return verifier.verify(headers(signature), body, Instant.ofEpochSecond(SENT + offset));
    }

    private static Map<String, List<String>> headers(String signature) {
        return Map.of(
                "X-Slack-Request-Timestamp", List.of(Long.toString(SENT)),
                "X-Slack-Signature", List.of(signature));
    }
}
