package dev.firebreak.chatops.slack;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static com.github.tomakehurst.wiremock.stubbing.Scenario.STARTED;
import static dev.firebreak.chatops.Situation.ANN;
import static dev.firebreak.chatops.Situation.ASK;
import static dev.firebreak.chatops.Situation.ID;
import static dev.firebreak.chatops.Situation.NOW;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.firebreak.chatops.ContainmentReading.State;
import dev.firebreak.chatops.Situation;
import dev.firebreak.chatops.Unavailable;
import dev.firebreak.commandside.command.Outcome;
import dev.firebreak.commandside.command.RefusalCode;
import dev.firebreak.commandside.containment.ContainmentCommand.ApproveContainment;
import dev.firebreak.commandside.containment.ContainmentCommand.ExtendContainment;
import dev.firebreak.commandside.containment.ContainmentCommand.ReleaseContainment;
import dev.firebreak.commandside.containment.ContainmentCommand.RequestContainment;
import dev.firebreak.eventlog.term.Responder;
import dev.firebreak.eventlog.term.SlackUser;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlackEndpointTest {

    private static final String CONTAIN =
            "contain payments/checkout --to cidr/203.0.113.0/24 --direction egress --ports 443/tcp"
                    + " --ttl 30m --reason beaconing";

    /// Slack waits for three seconds, the way there and back included.
    private static final Duration WELL_IN_TIME = Duration.ofMillis(2_400);

    @RegisterExtension
    static final WireMockExtension HOOKS =
            WireMockExtension.newInstance().options(wireMockConfig().dynamicPort()).build();

    private final Situation situation = new Situation();
    private final Map<SlackUser, Responder> linked = new ConcurrentHashMap<>();
    private final List<String> cards = new ArrayList<>();
    private final Tickets tickets = new Tickets(List.of(Slack.SECRET));
    private final HeapSignatures used = new HeapSignatures();
    private Instant now = NOW;
    private Duration slept = Duration.ZERO;
    private int triggers;

    private SlackEndpoint endpoint = endpoint(Duration.ofSeconds(2));

    @BeforeEach
    void ann_is_linked() {
        linked.put(new SlackUser("T1", "U1"), ANN);
        HOOKS.stubFor(post(anyUrl()).willReturn(ok()));
    }

    @AfterEach
    void close() {
        endpoint.close();
    }

    @Test
    void nothing_typed_is_answered_privately_with_what_is_contained() {
        situation.isNow(State.CONTAINED);

        var answer = json(typed(""));

        assertThat(answer.get("response_type").getAsString()).isEqualTo("ephemeral");
        assertThat(answer.get("text").getAsString()).isEqualTo("1 running.");
        assertThat(answer.toString()).contains(ID.value());
    }

    @Test
    void a_contain_is_answered_with_its_plan_and_two_buttons() {
        var answer = json(typed(CONTAIN));

        assertThat(situation.sent).isEmpty();
        assertThat(labels(answer)).containsExactly("Apply", "Cancel");
        assertThat(answer.toString())
                .contains("Understood as: contain workload/payments/checkout")
                .contains("cannot be covered: payments/batch");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "[]",
                "\"x\"",
                "{}",
                "{\"type\":1}",
                "{\"type\":\"block_actions\"}",
                "{\"type\":\"block_actions\",\"user\":{},\"actions\":[]}",
                "{\"type\":\"block_actions\",\"user\":{},\"actions\":[{}]}",
                "{\"type\":\"block_actions\",\"user\":{\"id\":{}},\"actions\":[{\"action_id\":\"firebreak-x\"}]}"
            })
    void a_payload_that_cannot_be_read_is_refused(String payload) {
        assertThat(signed("payload=" + URLEncoder.encode(payload, UTF_8)).status()).isEqualTo(400);
    }

    @Test
    void a_payload_of_great_depth_is_refused() {
        assertThat(signed("payload=" + "%5B".repeat(50_000)).status()).isEqualTo(400);
    }

    @Test
    void what_is_not_for_us_is_acknowledged_and_so_is_a_look_whether_we_live() {
        var view = "{\"type\":\"view_submission\",\"user\":{\"id\":\"U1\"},\"view\":{}}";

        assertThat(signed("payload=" + URLEncoder.encode(view, UTF_8)).status()).isEqualTo(200);
        assertThat(signed("ssl_check=1&token=x").status()).isEqualTo(200);
        assertThat(situation.sent).isEmpty();
    }

    @Test
    void apply_orders_exactly_that_and_replaces_the_plan() {
        var apply = ticket(json(typed(CONTAIN)), "Apply");
        situation.isNow(State.PUSHING);

        assertThat(press(apply).status()).isEqualTo(200);

        var message = posted();
        assertThat(message.get("replace_original").getAsBoolean()).isTrue();
        assertThat(message.get("text").getAsString()).startsWith("Received as " + ID);
        assertThat(labels(message)).isEmpty();
        assertThat(situation.sent).hasSize(1);
        var sent = situation.sent.getFirst();
        assertThat(sent.command()).isInstanceOf(RequestContainment.class);
        assertThat(sent.origin().key()).isEqualTo("slack:press.1");
        assertThat(sent.origin().by()).isEqualTo(ANN);
        assertThat(cards).containsExactly(ID + " in C1");
    }

    @Test
    void apply_works_after_a_restart() {
        var apply = ticket(json(typed(CONTAIN)), "Apply");
        endpoint.close();
        endpoint = endpoint(Duration.ofSeconds(2));

        press(apply);

        posted();
        assertThat(situation.sent).hasSize(1);
    }

    @Test
    void a_plan_that_has_moved_or_is_too_old_or_somebody_elses_is_not_applied() {
        linked.put(new SlackUser("T1", "U2"), ANN);
        var apply = ticket(json(typed(CONTAIN)), "Apply");

        press(apply, "T1", "U2");
        assertThat(posted().get("text").getAsString())
                .startsWith("This plan was drawn for somebody else");

        now = NOW.plus(Duration.ofMinutes(16));
        press(apply);
        assertThat(posted().get("text").getAsString())
                .startsWith("This plan is older than 15 minutes");

        now = NOW;
        situation.protectedBy = List.of("workload/kube-system/dns");
        press(apply);
        assertThat(posted().get("text").getAsString()).startsWith("Not applied: since you looked");
        assertThat(situation.sent).isEmpty();
    }

    @Test
    void a_cancelled_plan_is_gone() {
        press(ticket(json(typed(CONTAIN)), "Cancel"));

        assertThat(posted().get("text").getAsString()).isEqualTo("Cancelled. Nothing was done.");
        assertThat(situation.sent).isEmpty();
    }

    @Test
    void extend_release_and_approve_go_through() {
        situation.isNow(State.CONTAINED);
        var card = new DenyCard(tickets::seal).draw(situation.reading(State.CONTAINED)).json();
        press(ticket(card, "Extend by 30m"));
        assertThat(posted().get("replace_original").getAsBoolean()).isFalse();
        press(ticket(card, "Release"));
        posted();

        var waits =
                new DenyCard(tickets::seal).draw(situation.reading(State.AWAITING_APPROVAL)).json();
        press(ticket(waits, "Approve"));
        posted();

        assertThat(situation.sent)
                .extracting(sent -> (Object) sent.command().getClass())
                .containsExactly(
                        ExtendContainment.class,
                        ReleaseContainment.class,
                        ApproveContainment.class);
        assertThat(((ApproveContainment) situation.sent.getLast().command()).plan())
                .isEqualTo(situation.plan(ASK).hash());
    }

    @Test
    void a_stale_button_answers_with_how_it_stands() {
        var card = new DenyCard(tickets::seal).draw(situation.reading(State.CONTAINED)).json();
        situation.isNow(State.ENDED);
        situation.outcome = new Outcome.Refused(RefusalCode.ALREADY_ENDED, "It has ended already.");

        press(ticket(card, "Release"));

        var message = posted();
        assertThat(message.get("text").getAsString()).startsWith("It has ended already.");
        assertThat(message.toString()).contains(ID.value());
    }

    @Test
    void a_button_that_is_not_ours_does_nothing() {
        press("bm90IG91cnM");

        assertThat(posted().get("text").getAsString())
                .startsWith("This button is from another time");
        assertThat(situation.sent).isEmpty();
    }

    @Test
    void a_person_who_is_not_linked_is_told_how_to_be() {
        linked.clear();

        assertThat(json(typed(CONTAIN)).get("text").getAsString())
                .isEqualTo(
                        "Firebreak does not know you here yet. Nothing was done. Ask an administrator to link"
                                + " you, on a terminal: firebreak responders link YOUR-NAME --slack T1/U1");
    }

    @Test
    void a_person_dismissed_between_card_and_button_is_nobody() {
        var apply = ticket(json(typed(CONTAIN)), "Apply");
        linked.clear();

        press(apply);

        assertThat(posted().get("text").getAsString()).startsWith("Firebreak does not know you");
        assertThat(situation.sent).isEmpty();
    }

    @Test
    void a_guest_from_another_workspace_is_refused_even_when_linked() {
        linked.put(new SlackUser("T9", "U1"), ANN);
        var card = new DenyCard(tickets::seal).draw(situation.reading(State.CONTAINED)).json();

        press(ticket(card, "Release"), "T9", "U1");

        assertThat(posted().get("text").getAsString())
                .startsWith("You are a guest from another workspace");
        assertThat(situation.sent).isEmpty();
    }

    @Test
    void a_typo_is_answered_with_what_was_probably_meant() {
        assertThat(json(typed("contian a/b")).get("text").getAsString())
                .startsWith("'contian' is not something I can do. Did you mean contain?");
    }

    @Test
    void curly_quotes_and_dashes_are_understood() {
        var answer =
                json(
                        typed(
                                "contain payments/checkout \u2014to cidr/203.0.113.0/24 \u2013ttl 30m"
                                        + " \u2014reason \u201cit\u2019s beaconing &amp; more\u201d"));

        assertThat(answer.toString()).contains("it's beaconing").doesNotContain("\u201c");
        assertThat(labels(answer)).contains("Apply");
    }

    @Test
    void what_is_echoed_cannot_mention_anybody() {
        var answer = typed("<!channel> <@U1>\u202e").body();

        assertThat(answer).doesNotContain("<!").doesNotContain("<@").doesNotContain("\u202e");
    }

    @Test
    void a_second_use_a_flipped_byte_and_a_wrong_time_are_refused() {
        var body = Slack.command("whoami", "t.1", hooks());
        var headers = Slack.headers(body, now.getEpochSecond());
        var flipped = body.clone();
        flipped[20] ^= 1;

        assertThat(endpoint.handle(headers, flipped).status()).isEqualTo(401);
        assertThat(endpoint.handle(headers, body).status()).isEqualTo(200);
        assertThat(endpoint.handle(headers, body).status()).isEqualTo(401);
        for (var offset : List.of(-301, 301)) {
            var other = Slack.headers(body, now.getEpochSecond() + offset);
            assertThat(endpoint.handle(other, body).status()).isEqualTo(401);
        }
    }

    @Test
    void a_second_use_is_refused_after_a_restart() {
        var body = Slack.command("whoami", "t.1", hooks());
        var headers = Slack.headers(body, now.getEpochSecond());

        assertThat(endpoint.handle(headers, body).status()).isEqualTo(200);
        endpoint.close();
        endpoint = endpoint(Duration.ofSeconds(2));
        assertThat(endpoint.handle(headers, body).status()).isEqualTo(401);
    }

    @Test
    void without_the_log_a_command_is_not_carried_out_and_that_is_said() {
        used.beforeAnswer = SlackEndpointTest::away;

        assertThat(json(typed("release " + ID + " --reason x")).get("text").getAsString())
                .startsWith("The log cannot be reached right now")
                .contains("nothing was done");
        assertThat(situation.sent).isEmpty();
    }

    @Test
    void without_the_log_a_press_does_nothing_and_that_is_said() {
        var apply = ticket(json(typed(CONTAIN)), "Apply");
        used.beforeAnswer = SlackEndpointTest::away;

        assertThat(press(apply).status()).isEqualTo(200);
        assertThat(posted().get("text").getAsString()).startsWith("The log cannot be reached");
        assertThat(situation.sent).isEmpty();
    }

    @Test
    void a_log_that_hangs_is_waited_for_no_longer_than_slack_waits() {
        var go = new CountDownLatch(1);
        used.beforeAnswer = () -> awaited(go);
        var texts = new ArrayList<String>();

        for (var i = 0; i < 10; i++) {
            var started = System.nanoTime();
            texts.add(json(typed("release " + ID + " --reason x")).get("text").getAsString());
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(WELL_IN_TIME);
        }
        go.countDown();

        assertThat(texts)
                .allSatisfy(text -> assertThat(text).startsWith("The log cannot be reached"));
        assertThat(situation.sent).isEmpty();
    }

    @Test
    void what_is_signed_and_still_not_a_proper_form_is_refused() {
        for (var body : List.of("text=%FF&user_id=U1", "text=caf\u00e9", "user_id=U1&user_id=U2")) {
            var bytes = body.getBytes(UTF_8);
            assertThat(endpoint.handle(Slack.headers(bytes, now.getEpochSecond()), bytes).status())
                    .isEqualTo(400);
        }
        assertThat(endpoint.handle(Map.of(), new byte[SlackEndpoint.MAX_BODY + 1]).status())
                .isEqualTo(413);
    }

    @Test
    void a_slow_answer_is_acknowledged_in_time_and_comes_later() throws InterruptedException {
        endpoint.close();
        endpoint = endpoint(Duration.ofMillis(50));
        var go = new CountDownLatch(1);
        situation.beforeAnswer = () -> awaited(go);

        var started = System.nanoTime();
        var answer = json(typed(""));

        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(2));
        assertThat(answer.get("text").getAsString())
                .startsWith("Received; the answer takes a moment");
        go.countDown();
        assertThat(posted().get("text").getAsString()).startsWith("Nothing is contained now");
    }

    @Test
    void an_answer_that_was_interrupted_comes_later_too() {
        var go = new CountDownLatch(1);
        situation.beforeAnswer = () -> awaited(go);

        Thread.currentThread().interrupt();
        var answer = json(typed(""));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(answer.get("text").getAsString()).startsWith("Received");
        go.countDown();
        assertThat(posted().get("text").getAsString()).startsWith("Nothing is contained now");
    }

    @Test
    void slack_is_heard_after_the_machine_slept() {
        slept = Duration.ofHours(1);

        assertThat(typed("").status()).isEqualTo(200);
    }

    @Test
    void more_than_can_wait_is_turned_away_with_a_sentence() {
        endpoint.close();
        endpoint = endpoint(Duration.ofMillis(1));
        var go = new CountDownLatch(1);
        situation.beforeAnswer = () -> awaited(go);
        var texts = new ArrayList<String>();

        for (var i = 0; i < 100; i++) {
            texts.add(json(typed("")).get("text").getAsString());
        }
        go.countDown();

        assertThat(texts)
                .anySatisfy(text -> assertThat(text).startsWith("Too much is being asked"));
        var later = (int) texts.stream().filter(text -> text.startsWith("Received")).count();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> HOOKS.verify(later, postRequestedFor(anyUrl())));
    }

    @Test
    void what_breaks_is_told_without_its_insides() {
        situation.beforeAnswer =
                () -> {
                    throw new IllegalStateException("the inside");
                };

        var answer = typed("");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body())
                .contains("it is not known whether this was decided")
                .doesNotContain("the inside")
                .doesNotContain("Exception");
    }

    @Test
    void an_answer_that_meets_a_fault_is_sent_again() {
        HOOKS.stubFor(
                post(anyUrl())
                        .inScenario("fault")
                        .whenScenarioStateIs(STARTED)
                        .willReturn(aResponse().withStatus(500))
                        .willSetStateTo("better"));
        HOOKS.stubFor(
                post(anyUrl()).inScenario("fault").whenScenarioStateIs("better").willReturn(ok()));

        press("bm90IG91cnM");

        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> HOOKS.verify(2, postRequestedFor(anyUrl())));
    }

    @Test
    void an_answer_goes_only_where_slack_or_its_stand_in_is() {
        var urls = new ResponseUrls(SlackApi.client(), SlackSettings.SLACK, Duration.ofSeconds(1));
        var standIn =
                new ResponseUrls(
                        SlackApi.client(),
                        URI.create("http://127.0.0.1:9999/api/"),
                        Duration.ofSeconds(1));

        assertThat(urls.allowed("https://hooks.slack.com/commands/1")).isPresent();
        for (var url :
                List.of(
                        "http://hooks.slack.com/x",
                        "http://hooks.slack.com@x/",
                        "https://hooks.slack.com@evil.example/",
                        "https://user@hooks.slack.com/",
                        "https://hooks.slack.com:8443/",
                        "https://hooks.slack.com.evil.example/",
                        "http://169.254.169.254/latest/meta-data",
                        "https://slack.com/api/x",
                        "file:///etc/passwd",
                        "not a url",
                        "")) {
            assertThat(urls.allowed(url)).as(url).isEmpty();
        }
        assertThat(standIn.allowed("http://127.0.0.1:9999/hook")).isPresent();
        assertThat(standIn.allowed("http://127.0.0.1:9998/hook")).isEmpty();
    }

    @Test
    void a_redirect_is_not_followed() {
        HOOKS.stubFor(
                post("/there")
                        .willReturn(
                                aResponse().withStatus(302).withHeader("Location", "/elsewhere")));
        var urls = new ResponseUrls(SlackApi.client(), api(), Duration.ofSeconds(2));

        assertThat(urls.post(HOOKS.baseUrl() + "/there", new JsonObject()).join()).isFalse();
        HOOKS.verify(0, postRequestedFor(anyUrl()).withHeader("Host", equalTo("elsewhere")));
        HOOKS.verify(1, postRequestedFor(anyUrl()));
    }

    @Test
    void after_a_warm_up_the_first_command_is_quick() {
        SlackEndpoint.warmUp();
        var started = System.nanoTime();

        typed(CONTAIN);

        assertThat(Duration.ofNanos(System.nanoTime() - started))
                .isLessThan(Duration.ofMillis(1_500));
    }

    private SlackEndpoint endpoint(Duration patience) {
        return new SlackEndpoint(
                new SlackSettings(List.of(Slack.SECRET), Optional.empty(), api(), Optional.empty()),
                user -> Optional.ofNullable(linked.get(user)),
                situation.conversation(),
                (id, channel) -> cards.add(id + " in " + channel),
                used,
                () -> now.minus(slept),
                () -> now,
                patience);
    }

    private static URI api() {
        return URI.create(HOOKS.baseUrl() + "/api/");
    }

    private static String hooks() {
        return HOOKS.baseUrl() + "/hook";
    }

    private SlackEndpoint.Answer typed(String text) {
        var body = Slack.command(text, "trigger." + triggers++, hooks());
        return endpoint.handle(Slack.headers(body, now.getEpochSecond()), body);
    }

    private SlackEndpoint.Answer signed(String form) {
        var body = form.getBytes(UTF_8);
        return endpoint.handle(Slack.headers(body, now.getEpochSecond()), body);
    }

    private SlackEndpoint.Answer press(String ticket) {
        return press(ticket, "T1", "U1");
    }

    private SlackEndpoint.Answer press(String ticket, String home, String user) {
        var body = Slack.press(ticket, home, user, hooks());
        return endpoint.handle(Slack.headers(body, now.getEpochSecond()), body);
    }

    /// The one message that was posted since this was asked last.
    private static JsonObject posted() {
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> HOOKS.verify(1, postRequestedFor(anyUrl())));
        var body = HOOKS.findAll(postRequestedFor(anyUrl())).getFirst().getBodyAsString();
        HOOKS.resetRequests();
        return JsonParser.parseString(body).getAsJsonObject();
    }

    private static JsonObject json(SlackEndpoint.Answer answer) {
        assertThat(answer.status()).isEqualTo(200);
        return JsonParser.parseString(answer.body()).getAsJsonObject();
    }

    private static List<JsonObject> buttons(JsonObject message) {
        var buttons = new ArrayList<JsonObject>();
        for (JsonElement block : message.getAsJsonArray("blocks")) {
            if (block.getAsJsonObject().get("type").getAsString().equals("actions")) {
                block.getAsJsonObject()
                        .getAsJsonArray("elements")
                        .forEach(each -> buttons.add(each.getAsJsonObject()));
            }
        }
        return buttons;
    }

    private static List<String> labels(JsonObject message) {
        return buttons(message).stream().map(SlackEndpointTest::label).toList();
    }

    private static String ticket(JsonObject message, String label) {
        return buttons(message).stream()
                .filter(button -> label(button).equals(label))
                .map(button -> button.get("value").getAsString())
                .findFirst()
                .orElseThrow();
    }

    private static String label(JsonObject button) {
        return button.getAsJsonObject("text").get("text").getAsString();
    }

    private static void away() {
        throw new Unavailable("away", new IllegalStateException());
    }

    private static void awaited(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
