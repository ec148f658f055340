package dev.firebreak.whole;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Slack, from the signed bytes to the log and back to the card, against a stand-in for its API.
class SlackIT {

    /// The secret, the request and its signature as Slack's documentation prints them.
    private static final String SECRET = "8f742231b10e8888abcd99yyyzzz85a5";

    private static final byte[] OFFICIAL_BODY =
            ("token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow"
                            + "&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA"
                            + "&user_name=roadrunner&command=%2Fwebhook-collect&text="
                            + "&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J"
                            + "%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
                            + "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c")
                    .getBytes(UTF_8);

    private static final String OFFICIAL_SIGNATURE =
            "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503";

    private static final Pattern PLAN = Pattern.compile("Plan (C-[0-9A-Z]{7})");
    private static final Duration SLACK_WAITS = Duration.ofSeconds(3);
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String POST = "/api/chat.postMessage";
    private static final String UPDATE = "/api/chat.update";
    private static final String HOOK = "/hook";

    private static final WireMockServer API = new WireMockServer(wireMockConfig().dynamicPort());
    private static final AtomicInteger PEERS = new AtomicInteger();

    @TempDir private static Path folder;

    @SuppressWarnings("NullAway.Init") // before all tests
    private static Instance firebreak;

    @SuppressWarnings("NullAway.Init") // before all tests
    private static SlackSide slack;

    private static Duration firstAnswer = Duration.ZERO;
    private static int usedBeforeTheRestart;
    private static int usedAfterTheRestart;

    /// Everybody is linked, and then it starts anew, so that the first command is the very first.
    @BeforeAll
    static void start() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        API.start();
        healthy();
        var whoami = "text=whoami&team_id=T1&user_id=U1&command=%2Ffirebreak".getBytes(UTF_8);
        var time = Long.toString(Instant.now().getEpochSecond());
        var signature = SlackSide.sign(SECRET, time, whoami);
        try (var before = begin()) {
            slack = new SlackSide(before, SECRET, API.baseUrl() + HOOK);
            var fleet = new Fleet(before);
            fleet.settle("shop/cart", "shop/pay", "shop/stock");
            for (var each : List.of("ann responder U1", "bob approver U2", "cem approver U3")) {
                var words = each.split(" ", -1);
                fleet.enlist(words[0], words[1]);
                fleet.link(words[0], "T1/" + words[2]);
            }
            usedBeforeTheRestart = slack.sent(whoami, time, signature).statusCode();
        }
        firebreak = begin();
        slack = new SlackSide(firebreak, SECRET, API.baseUrl() + HOOK);
        var sent = System.nanoTime();
        var answer = slack.typed("T1", "U1", contain());
        firstAnswer = Duration.ofNanos(System.nanoTime() - sent);
        assertThat(answer.toString()).contains("Apply");
        usedAfterTheRestart = slack.sent(whoami, time, signature).statusCode();
    }

    @AfterAll
    static void stop() {
        firebreak.close();
        API.stop();
    }

    @BeforeEach
    void slack_is_well() {
        healthy();
    }

    @Test
    void the_first_command_after_a_start_is_answered_while_slack_still_waits() {
        System.out.printf("SlackIT: first command answered in %d ms%n", firstAnswer.toMillis());

        assertThat(firstAnswer).isPositive().isLessThan(SLACK_WAITS);
    }

    @Test
    void the_official_signature_is_right_and_its_request_is_too_old() {
        assertThat(SlackSide.sign(SECRET, "1531420618", OFFICIAL_BODY))
                .isEqualTo(OFFICIAL_SIGNATURE);
        assertThat(slack.sent(OFFICIAL_BODY, "1531420618", OFFICIAL_SIGNATURE).statusCode())
                .isEqualTo(401);
        assertThat(slack.sent(OFFICIAL_BODY).statusCode()).isEqualTo(200);
    }

    @Test
    void a_flipped_byte_a_wrong_time_and_a_second_use_are_refused() {
        var body = slack.command("T1", "U1", "whoami");
        var now = Instant.now().getEpochSecond();
        var flipped = body.clone();
        flipped[flipped.length - 1] ^= 1;

        assertThat(signedAt(body, now - 301)).isEqualTo(401);
        assertThat(signedAt(body, now + 302)).isEqualTo(401);
        var time = Long.toString(now);
        var signature = SlackSide.sign(SECRET, time, body);
        assertThat(slack.sent(flipped, time, signature).statusCode()).isEqualTo(401);
        assertThat(slack.sent(body, time, signature).statusCode()).isEqualTo(200);
        assertThat(slack.sent(body, time, signature).statusCode()).isEqualTo(401);
    }

    @Test
    void a_request_that_was_used_before_a_restart_is_refused_after_it() {
        assertThat(usedBeforeTheRestart).isEqualTo(200);
        assertThat(usedAfterTheRestart).isEqualTo(401);
        assertThat(firebreak.output()).contains("slack request refused: signature was used before");
    }

    @Test
    void a_containment_is_ordered_extended_and_released_and_keeps_its_one_card() {
        var id = ordered("U1", contain());
        var posted = awaitCards(POST, id, 1).getFirst();
        assertThat(posted.path("channel").asText()).isEqualTo("C1");

        slack.press("U1", SlackSide.ticket(posted, "Extend by 30m"));
        awaitTimeline(id, "extended");
        assertThat(slack.typed("T1", "U1", "extend " + id + " --ttl 10m --reason slow").toString())
                .contains(id);
        var typed = slack.typed("T1", "U1", "release " + id + " --reason rebuilt");
        assertThat(typed.toString()).contains(id);

        var updates =
                Waiting.until(
                        SOON,
                        () -> cards(UPDATE, id),
                        all ->
                                !all.isEmpty()
                                        && all.getLast().toString().contains("Being released"));
        assertThat(updates)
                .allSatisfy(each -> assertThat(each.path("ts").asText()).isEqualTo("1.1"));
        assertThat(cards(POST, id)).hasSize(1);
    }

    @Test
    void what_is_too_large_for_one_waits_for_another_person() {
        var id = ordered("U2", "contain env/production --to " + peer() + " --ttl 10m --reason all");
        var card = awaitCards(POST, id, 1).getFirst();
        var approve = SlackSide.ticket(card, "Approve");
        assertThat(containment(id).path("state").asText()).isEqualTo("awaiting-approval");

        API.resetRequests();
        slack.press("U2", approve);
        assertThat(later().path("text").asText()).contains("must come from somebody else");
        assertThat(containment(id).path("state").asText()).isEqualTo("awaiting-approval");
        assertThat(slack.typed("T1", "U2", "approve " + id).toString())
                .contains("must come from somebody else");
        assertThat(containment(id).path("state").asText()).isEqualTo("awaiting-approval");

        slack.press("U3", approve);
        var approved =
                Waiting.until(
                        SOON,
                        () -> containment(id),
                        view -> !"awaiting-approval".equals(view.path("state").asText()));
        assertThat(approved.path("approvedBy").asText()).isEqualTo("cem");
    }

    @Test
    void strangers_and_other_workspaces_are_refused_politely() {
        for (var answer :
                List.of(slack.typed("T1", "U9", contain()), slack.typed("T2", "U1", contain()))) {
            assertThat(answer.path("text").asText())
                    .startsWith("Firebreak does not know you here yet. Nothing was done.");
            assertThat(answer.toString()).doesNotContain("Apply");
        }
    }

    enum Trouble {
        BROKEN(aResponse().withStatus(500)),
        TOO_MANY(aResponse().withStatus(429).withHeader("Retry-After", "1")),
        HANGING(ok().withFixedDelay(20_000));

        @SuppressWarnings("ImmutableEnumChecker") // nobody changes it
        private final ResponseDefinitionBuilder answer;

        Trouble(ResponseDefinitionBuilder answer) {
            this.answer = answer;
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatever_ails_slack_the_containment_goes_on_and_its_card_comes_when_it_is_well(
            Trouble trouble) {
        API.resetMappings();
        API.stubFor(post(anyUrl()).willReturn(trouble.answer));

        var sent = System.nanoTime();
        var plan = slack.typed("T1", "U1", contain());
        var pressed = slack.press("U1", SlackSide.ticket(plan, "Apply"));
        var took = Duration.ofNanos(System.nanoTime() - sent);
        var id = planned(plan);
        awaitTimeline(id, "asked to cut");

        assertThat(pressed.statusCode()).isEqualTo(200);
        assertThat(took).isLessThan(SLACK_WAITS);
        assertThat(containment(id).hasNonNull("orderedAt")).isTrue();

        healthy();
        Waiting.until(SOON, () -> cards(UPDATE, id).size() + cards(POST, id).size(), n -> n > 0);
        assertThat(slack.typed("T1", "U1", "release " + id + " --reason over").toString())
                .contains(id);
    }

    private static Instance begin() {
        return Instance.start(
                folder.resolve("data"),
                Map.of(
                        "FIREBREAK_SLACK_SIGNING_SECRET",
                        SECRET,
                        "FIREBREAK_SLACK_BOT_TOKEN",
                        "xoxb-unused",
                        "FIREBREAK_SLACK_CHANNEL",
                        "C1",
                        "FIREBREAK_SLACK_API_URL",
                        API.baseUrl() + "/api/"),
                "--without-local-enforcer");
    }

    private static void healthy() {
        API.resetMappings();
        API.stubFor(post(anyUrl()).willReturn(ok()));
        for (var path : List.of(POST, UPDATE)) {
            API.stubFor(
                    post(urlEqualTo(path))
                            .willReturn(
                                    okJson(
                                            """
                                            {"ok": true, "channel": "C1", "ts": "1.1"}
                                            """)));
        }
    }

    /// Each time another one, so that no test meets another's containment.
    private static String contain() {
        return "contain shop/cart --to %s --ports 443/tcp --ttl 30m --reason beaconing"
                .formatted(peer());
    }

    private static String peer() {
        return "cidr/203.0.113.%d/32".formatted(PEERS.incrementAndGet());
    }

    private static String ordered(String user, String line) {
        var plan = slack.typed("T1", user, line);
        slack.press(user, SlackSide.ticket(plan, "Apply"));
        var id = planned(plan);
        awaitTimeline(id, "asked to cut");
        return id;
    }

    private static String planned(JsonNode plan) {
        var title = PLAN.matcher(plan.toString());
        assertThat(title.find()).as(plan.toString()).isTrue();
        return title.group(1);
    }

    private static JsonNode containment(String id) {
        var answer =
                Waiting.until(
                        SOON,
                        () -> firebreak.get("/api/v1/containments/" + id),
                        seen -> seen.statusCode() == 200);
        return SlackSide.json(answer);
    }

    private static void awaitTimeline(String id, String word) {
        Waiting.until(
                SOON,
                () -> firebreak.get("/api/v1/containments/" + id + "/timeline").body(),
                lines -> lines.contains(word));
    }

    private static List<JsonNode> awaitCards(String path, String id, int atLeast) {
        return Waiting.until(SOON, () -> cards(path, id), all -> all.size() >= atLeast);
    }

    private static List<JsonNode> cards(String path, String id) {
        return API.findAll(postRequestedFor(urlEqualTo(path))).stream()
                .map(request -> SlackSide.json(request.getBodyAsString()))
                .filter(card -> card.toString().contains(id))
                .toList();
    }

    /// What was sent to the response_url.
    private static JsonNode later() {
        return Waiting.until(
                        SOON,
                        () -> API.findAll(postRequestedFor(urlEqualTo(HOOK))),
                        all -> !all.isEmpty())
                .stream()
                .map(request -> SlackSide.json(request.getBodyAsString()))
                .toList()
                .getLast();
    }

    private static int signedAt(byte[] body, long seconds) {
        var time = Long.toString(seconds);
        return slack.sent(body, time, SlackSide.sign(SECRET, time, body)).statusCode();
    }
}
