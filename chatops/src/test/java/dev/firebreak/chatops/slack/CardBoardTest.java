package dev.firebreak.chatops.slack;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static com.github.tomakehurst.wiremock.stubbing.Scenario.STARTED;
import static dev.firebreak.chatops.Situation.ANN;
import static dev.firebreak.chatops.Situation.ID;
import static dev.firebreak.chatops.Situation.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.firebreak.chatops.ContainmentReading.State;
import dev.firebreak.chatops.Situation;
import dev.firebreak.chatops.slack.CardLedger.Card;
import dev.firebreak.chatops.slack.CardQueue.Pace;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentLifted;
import dev.firebreak.eventlog.log.LogEntry;
import dev.firebreak.eventlog.log.Provenance;
import dev.firebreak.eventlog.term.Surface;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CardBoardTest {

    private static final Pace QUICK =
            new Pace(
                    Duration.ofMillis(1),
                    Duration.ofMillis(5),
                    Duration.ofMillis(20),
                    Duration.ofMillis(100),
                    20);

    private static final String POST = "/api/chat.postMessage";
    private static final String UPDATE = "/api/chat.update";

    @RegisterExtension
    static final WireMockExtension SLACK =
            WireMockExtension.newInstance().options(wireMockConfig().dynamicPort()).build();

    private final Situation situation = new Situation();
    private final HeapLedger ledger = new HeapLedger();
    private CardBoard board = board(Duration.ofSeconds(10));
    private long position;

    @BeforeEach
    void slack_is_well() {
        SLACK.stubFor(post(POST).willReturn(posted("1.1")));
        SLACK.stubFor(post(UPDATE).willReturn(posted("1.1")));
    }

    @AfterEach
    void close() {
        board.close();
    }

    @Test
    void a_card_is_posted_once_and_then_changed_in_place() {
        board.start();
        board.goesTo(ID, "C7");
        changesTo(State.PUSHING);
        awaitCalls(1, POST);
        SLACK.verify(
                postRequestedFor(urlEqualTo(POST))
                        .withHeader("Authorization", equalTo("Bearer xoxb-1"))
                        .withRequestBody(matchingJsonPath("$.channel", equalTo("C7"))));

        changesTo(State.CONTAINED);
        awaitCalls(1, UPDATE);
        SLACK.verify(
                postRequestedFor(urlEqualTo(UPDATE))
                        .withRequestBody(matchingJsonPath("$.ts", equalTo("1.1")))
                        .withRequestBody(matchingJsonPath("$.channel", equalTo("C7"))));
        SLACK.verify(1, postRequestedFor(urlEqualTo(POST)));
    }

    @Test
    void what_looks_the_same_is_not_sent_again() {
        board.start();
        changesTo(State.CONTAINED);
        awaitCalls(1, POST);
        changesTo(State.CONTAINED);
        changesTo(State.ENDED);
        awaitCalls(1, UPDATE);

        SLACK.verify(2, postRequestedFor(anyUrl()));
        assertThat(ledger.find(ID)).map(Card::over).contains(true);
    }

    @Test
    void after_a_restart_the_same_message_is_brought_up_to_date() {
        board.start();
        changesTo(State.PUSHING);
        awaitCalls(1, POST);
        await().until(() -> ledger.find(ID).filter(Card::isPosted).isPresent());
        board.close();
        situation.isNow(State.CONTAINED);

        board = board(Duration.ofSeconds(10));
        board.start();

        awaitCalls(1, UPDATE);
        SLACK.verify(1, postRequestedFor(urlEqualTo(POST)));
    }

    @Test
    void faults_hangs_and_limits_end_in_the_last_state() {
        inTurn(
                UPDATE,
                aResponse().withStatus(500),
                aResponse().withStatus(429).withHeader("Retry-After", "0"),
                aResponse().withFixedDelay(2_000),
                okJson("{\"ok\":false,\"error\":\"ratelimited\"}"),
                aResponse().withStatus(200).withBody("<html>"),
                posted("1.1"));
        board = board(Duration.ofMillis(500));
        board.start();
        changesTo(State.PUSHING);
        await().until(() -> ledger.find(ID).filter(Card::isPosted).isPresent());
        changesTo(State.CONTAINED);
        changesTo(State.RELEASING);

        await().atMost(Duration.ofSeconds(10)).until(() -> board.waiting() == 0);

        var bodies = SLACK.findAll(postRequestedFor(urlEqualTo(UPDATE)));
        assertThat(bodies).hasSizeGreaterThanOrEqualTo(6);
        assertThat(bodies.getLast().getBodyAsString()).contains("Being released");
    }

    @Test
    void slack_is_left_alone_for_as_long_as_it_asks() {
        inTurn(POST, aResponse().withStatus(429).withHeader("Retry-After", "1"), posted("1.1"));
        board.start();
        changesTo(State.CONTAINED);
        awaitCalls(1, POST);
        var limited = System.nanoTime();
        awaitCalls(2, POST);

        assertThat(Duration.ofNanos(System.nanoTime() - limited))
                .isGreaterThan(Duration.ofMillis(700));
    }

    @Test
    void a_message_that_was_deleted_is_posted_anew() {
        SLACK.stubFor(
                post(UPDATE).willReturn(okJson("{\"ok\":false,\"error\":\"message_not_found\"}")));
        board.start();
        changesTo(State.PUSHING);
        awaitCalls(1, POST);
        changesTo(State.CONTAINED);

        awaitCalls(2, POST);
    }

    @Test
    void where_the_bot_may_not_speak_the_card_goes_home() {
        SLACK.stubFor(
                post(POST)
                        .withRequestBody(matchingJsonPath("$.channel", equalTo("C7")))
                        .willReturn(okJson("{\"ok\":false,\"error\":\"not_in_channel\"}")));
        board.start();
        board.goesTo(ID, "C7");
        changesTo(State.PUSHING);

        awaitCalls(2, POST);
        await().until(() -> ledger.find(ID).filter(Card::isPosted).isPresent());
        assertThat(ledger.find(ID)).map(Card::channel).contains("C0");
    }

    @Test
    void a_private_conversation_is_no_place_for_a_card() {
        board.goesTo(ID, "D1");

        assertThat(ledger.find(ID)).isEmpty();
    }

    @Test
    void one_that_can_never_be_shown_is_not_tried_for_ever() {
        SLACK.stubFor(post(POST).willReturn(okJson("{\"ok\":false,\"error\":\"invalid_auth\"}")));
        board.start();
        changesTo(State.PUSHING);
        awaitCalls(1, POST);

        await().until(() -> board.waiting() == 0);
        SLACK.verify(1, postRequestedFor(urlEqualTo(POST)));
    }

    @Test
    void following_the_log_never_waits_for_slack() {
        SLACK.stubFor(post(POST).willReturn(posted("1.1").withFixedDelay(2_000)));
        board.start();
        changesTo(State.PUSHING);
        awaitCalls(1, POST);

        for (var i = 0; i < 1_000; i++) {
            board.take(List.of(entry()));
        }

        assertThat(ledger.find(ID)).isEmpty();
    }

    private CardBoard board(Duration patience) {
        var settings =
                new SlackSettings(
                        List.of(Slack.SECRET),
                        Optional.of(new Secret("xoxb-1")),
                        URI.create(SLACK.baseUrl() + "/api"),
                        Optional.of("C0"));
        return new CardBoard(settings, situation, ledger, InstantSource.system(), QUICK, patience);
    }

    private void changesTo(State state) {
        situation.isNow(state);
        board.take(List.of(entry()));
    }

    private LogEntry entry() {
        position++;
        return new LogEntry(
                position,
                new UUID(0, position),
                new ContainmentLifted(ID, NOW),
                new Provenance(ANN.name(), Surface.DISPATCH, new UUID(0, 0), new UUID(0, 0)),
                NOW);
    }

    private static void inTurn(String url, ResponseDefinitionBuilder... answers) {
        for (var i = 0; i < answers.length; i++) {
            SLACK.stubFor(
                    post(url)
                            .inScenario(url)
                            .whenScenarioStateIs(i == 0 ? STARTED : "call " + i)
                            .willReturn(answers[i])
                            .willSetStateTo("call " + Math.min(i + 1, answers.length - 1)));
        }
    }

    private static void awaitCalls(int count, String url) {
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> SLACK.verify(count, postRequestedFor(urlEqualTo(url))));
    }

    private static ResponseDefinitionBuilder posted(String ts) {
        return okJson("{\"ok\":true,\"ts\":\"" + ts + "\"}");
    }
}
