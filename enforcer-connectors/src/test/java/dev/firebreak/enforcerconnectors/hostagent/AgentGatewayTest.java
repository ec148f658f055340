package dev.firebreak.enforcerconnectors.hostagent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firebreak.enforcerconnectors.enforcer.Denies;
import dev.firebreak.enforcerconnectors.enforcer.Directive;
import dev.firebreak.enforcerconnectors.enforcer.Receipt;
import dev.firebreak.enforcerconnectors.enforcer.SettableClock;
import dev.firebreak.enforcerconnectors.hostagent.AgentClient.Conversation;
import dev.firebreak.eventlog.event.Event;
import dev.firebreak.eventlog.event.flow.FlowEvent.DeniedFlowsSeen;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.EnforcerName;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The gateway over real TLS on the loopback, with the JDK's client as the agent.
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class AgentGatewayTest {

    private static final EnforcerName WEB_1 = EnforcerName.parse("host/web-1");

    private static final Vertx VERTX = Vertx.vertx();

    @TempDir static Path directory;

    private final FakeRegistry registry = new FakeRegistry();
    private final FakeRoster roster = new FakeRoster();
    private final Map<UUID, Event> recorded = new ConcurrentHashMap<>();
    private volatile boolean flowsAreRecorded = true;
    private AgentAuthority authority = AgentAuthority.openOrCreate(directory, Clock.systemUTC());
    private AgentGateway gateway = start(settings(1_000));

    @AfterAll
    static void stop() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void a_token_becomes_a_certificate_and_that_a_channel() throws Exception {
        var conversation = enrolled().open();
        conversation.say(hello());

        assertThat(conversation.hear("welcome").path("heartbeatMillis").asLong()).isEqualTo(10_000);
        assertThat(roster.enforcer().name()).isEqualTo(WEB_1);
        assertThat(roster.word()).isEqualTo("attached 0");
        assertThat(gateway.connected()).isEqualTo(1);
    }

    @Test
    void a_used_token_is_refused_and_a_lost_answer_is_given_again() throws Exception {
        var token = offered(WEB_1);
        var agent = stranger();
        var first = agent.enrol(WEB_1.toString(), token.text());

        var again = agent.enrol(WEB_1.toString(), token.text());
        var thief = stranger().enrol(WEB_1.toString(), token.text());

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(thief.statusCode()).isEqualTo(403);
        assertThat(stranger().body(thief).path("code").asText()).isEqualTo("invalid-token");
    }

    @Test
    void a_token_is_good_for_the_name_it_was_made_for_only() throws Exception {
        var token = offered(WEB_1);

        var answer = stranger().enrol("host/web-2", token.text());

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("invalid-token").doesNotContain(token.secret());
    }

    @Test
    void a_token_nobody_offered_is_refused() throws Exception {
        var token = authority.newToken(WEB_1);

        assertThat(stranger().enrol(WEB_1.toString(), token.text()).statusCode()).isEqualTo(403);
    }

    @Test
    void a_key_that_is_not_proven_is_refused_and_the_token_stays_good() throws Exception {
        var token = offered(WEB_1);

        var answer = stranger().enrolWithFalseProof(WEB_1.toString(), token.text());

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("invalid-key");
        assertThat(stranger().enrol(WEB_1.toString(), token.text()).statusCode()).isEqualTo(200);
    }

    @Test
    void nonsense_is_answered_with_a_problem_and_too_much_of_it_not_at_all() throws Exception {
        var path = "/agent/v1/enrolments";

        assertThat(stranger().post(path, "{").statusCode()).isEqualTo(400);
        assertThat(stranger().post(path, "{}").statusCode()).isEqualTo(400);
        assertThat(stranger().post(path, "null").statusCode()).isEqualTo(400);
        assertThat(stranger().post(path, "[]").body())
                .contains("line 1")
                .doesNotContain("dev.firebreak", "java.");
        assertThat(stranger().post(path, "x".repeat(20_000)).statusCode()).isEqualTo(413);
        assertThat(stranger().post("/agent/v2/enrolments", "{}").statusCode()).isEqualTo(404);
    }

    @Test
    void many_failures_from_one_address_are_not_even_looked_at() throws Exception {
        var agent = stranger();
        for (var attempt = 0; attempt < 30; attempt++) {
            assertThat(agent.post("/agent/v1/enrolments", "{}").statusCode()).isEqualTo(400);
        }

        var answer = agent.post("/agent/v1/enrolments", "{}");

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("retry-after")).isPresent();
    }

    @Test
    void without_a_certificate_there_is_no_channel() {
        assertThatThrownBy(() -> stranger().open()).rootCause().hasMessageContaining("401");
    }

    @Test
    void a_certificate_of_another_authority_does_not_even_get_through_tls(@TempDir Path elsewhere) {
        var other = AgentAuthority.openOrCreate(elsewhere, Clock.systemUTC());
        var keys = Certificates.newKeys();
        var forged = other.issueAgent(WEB_1, keys.getPublic(), Duration.ofHours(1));

        assertThatThrownBy(() -> stranger().withKeys(keys).with(Certificates.pem(forged)).open())
                .rootCause()
                .isNotInstanceOf(java.util.concurrent.TimeoutException.class);
        assertThat(gateway.connected()).isZero();
    }

    @Test
    void a_certificate_that_the_log_does_not_know_is_turned_away() throws Exception {
        var keys = Certificates.newKeys();
        var issued = authority.issueAgent(WEB_1, keys.getPublic(), Duration.ofHours(1));

        var conversation = stranger().withKeys(keys).with(Certificates.pem(issued)).open();
        conversation.say(hello());

        assertThat(conversation.end()).isEqualTo(4401);
    }

    @Test
    void a_revoked_enforcer_is_turned_away() throws Exception {
        var agent = enrolled();
        registry.revoke(WEB_1);

        var conversation = agent.open();
        conversation.say(hello());

        assertThat(conversation.end()).isEqualTo(4401);
    }

    @Test
    void nobody_speaks_under_another_name_than_the_certificates() throws Exception {
        var conversation = enrolled().open();
        conversation.say(hello().replace("host/web-1", "host/web-2"));

        assertThat(conversation.end()).isEqualTo(4401);
    }

    @Test
    void a_cloned_certificate_is_turned_away_while_the_first_is_alive() throws Exception {
        var agent = enrolled();
        var first = connected(agent);

        var clone = agent.open();
        clone.say(hello().replace("boot-1", "boot-2"));

        assertThat(clone.end()).isEqualTo(4409);
        assertThat(first.isOpen()).isTrue();
        assertThat(gateway.turnedAway()).isEqualTo(1);
        assertThat(gateway.connected()).isEqualTo(1);
    }

    @Test
    void what_an_agent_had_to_put_right_is_written_down() throws Exception {
        var agent = connected(enrolled());

        agent.say(
                """
                {"type":"repaired","differences":3,"count":1,"denies":["C-0000123"]}\
                """);

        var repair = registry.repairs().poll(10, TimeUnit.SECONDS);
        assertThat(repair).isNotNull();
        assertThat(repair.enforcer()).isEqualTo(WEB_1);
        assertThat(repair.differences()).isEqualTo(3);
        assertThat(repair.containments()).containsExactly(ContainmentId.parse("C-0000123"));
    }

    @Test
    void what_it_put_right_of_a_deny_that_is_nobodys_is_counted_and_not_named() throws Exception {
        var agent = connected(enrolled());

        agent.say(
                """
                {"type":"repaired","differences":3,"count":2,"denies":["nobodys","C-0000123"]}\
                """);

        var repair = registry.repairs().poll(10, TimeUnit.SECONDS);
        assertThat(repair).isNotNull();
        assertThat(repair.count()).isEqualTo(2);
        assertThat(repair.containments()).containsExactly(ContainmentId.parse("C-0000123"));
    }

    @Test
    void what_is_no_name_of_a_deny_ends_the_channel() throws Exception {
        var agent = connected(enrolled());

        agent.say(
                """
                {"type":"repaired","differences":1,"count":1,"denies":["two words"]}\
                """);

        assertThat(agent.end()).isEqualTo(4400);
        assertThat(registry.repairs()).isEmpty();
    }

    @Test
    void moments_go_by_the_machines_own_clocks_and_not_by_the_one_that_decides() throws Exception {
        gateway.close();
        var deciding = new SettableClock(Instant.now());
        gateway = start(settings(1_000), deciding);
        var agent = connected(enrolled());

        var names = new ArrayList<String>();
        for (var beat = 0; beat < 5; beat++) {
            agent.say(
                    """
                    {"type":"heartbeat","generation":0,"count":0,"digest":"","deniedPackets":0,
                     "lostFlows":0}\
                    """);
            names.add(agent.hear("tick").path("at").path("clock").asText());
            deciding.advance(Duration.ofMinutes(1));
        }

        // Where the machine is busy a reading may take too long, and a name is given up.
        assertThat(Set.copyOf(names)).hasSizeLessThan(names.size());
    }

    @Test
    void a_clone_that_comes_again_and_again_is_written_down_once_in_a_while() throws Exception {
        var agent = enrolled();
        var first = connected(agent);

        for (var attempt = 0; attempt < 3; attempt++) {
            var clone = agent.open();
            clone.say(hello().replace("boot-1", "boot-2"));
            assertThat(clone.end()).isEqualTo(4409);
        }

        var copy = registry.copies().poll(10, TimeUnit.SECONDS);
        assertThat(copy).isNotNull();
        assertThat(copy.enforcer()).isEqualTo(WEB_1);
        assertThat(copy.copyFrom()).isNotBlank().isNotEqualTo(copy.from());
        assertThat(gateway.turnedAway()).isEqualTo(3);
        assertThat(registry.copies()).isEmpty();
        assertThat(first.isOpen()).isTrue();
    }

    @Test
    void a_first_that_no_longer_answers_makes_room_and_is_told() throws Exception {
        var agent = enrolled();
        var first = agent.open();
        first.stopReading();
        first.say(hello());
        first.hear("welcome");

        var second = connected(agent);

        assertThat(second.isOpen()).isTrue();
        assertThat(gateway.replaced()).isEqualTo(1);
        first.readAgain();
        assertThat(first.end()).isEqualTo(4409);
    }

    @Test
    void a_renewed_certificate_takes_over_and_the_old_one_ends() throws Exception {
        var agent = enrolled();
        var first = connected(agent);
        var keys = Certificates.newKeys();

        var answer = agent.renew(WEB_1.toString(), keys);
        var renewed = agent.withKeys(keys).with(agent.body(answer).path("certificate").asText());
        connected(renewed);

        assertThat(first.end()).isEqualTo(4409);
        var stolen = agent.open();
        stolen.say(hello());
        assertThat(stolen.end()).isEqualTo(4401);
    }

    @Test
    void renewing_needs_the_present_certificate_and_its_own_name() throws Exception {
        var agent = enrolled();

        assertThat(stranger().renew(WEB_1.toString(), Certificates.newKeys()).statusCode())
                .isEqualTo(403);
        assertThat(agent.renew("host/web-2", Certificates.newKeys()).statusCode()).isEqualTo(403);
    }

    @Test
    void what_is_not_understood_closes_the_channel() throws Exception {
        var conversation = connected(enrolled());

        conversation.say("{\"type\":\"receipt\",\"outcome\":\"perhaps\"}");

        assertThat(conversation.end()).isEqualTo(4400);
        assertThat(roster.word()).isEqualTo("attached 0");
        assertThat(roster.word()).isEqualTo("detached");
    }

    @Test
    void whoever_does_not_begin_with_hello_is_not_listened_to() throws Exception {
        var conversation = enrolled().open();
        conversation.say("{\"type\":\"heartbeat\",\"generation\":1}");

        assertThat(conversation.end()).isEqualTo(4400);
    }

    @Test
    void a_protocol_that_is_not_spoken_is_said_so() throws Exception {
        var conversation = enrolled().open();
        conversation.say(hello().replace("\"protocol\":1", "\"protocol\":9"));

        assertThat(conversation.end()).isEqualTo(4426);
    }

    @Test
    void an_oversized_frame_ends_the_channel() throws Exception {
        var conversation = connected(enrolled());

        conversation.sayWithoutWaiting("{\"type\":\"" + "x".repeat(Wire.MAX_FRAME_BYTES) + "\"}");

        assertThat(conversation.end()).isEqualTo(1009);
        assertThat(roster.word()).isEqualTo("attached 0");
        assertThat(roster.word()).isEqualTo("detached");
    }

    @Test
    void what_is_unknown_is_counted_and_does_no_harm() throws Exception {
        var conversation = connected(enrolled());

        conversation.say("{\"type\":\"weather\",\"sun\":true}");
        conversation.say(
                "{\"type\":\"heartbeat\",\"generation\":7,\"digest\":\"\",\"mood\":\"good\"}");

        assertThat(roster.word()).isEqualTo("attached 0");
        assertThat(roster.word()).isEqualTo("heartbeat 7");
        assertThat(gateway.unknownFields()).isEqualTo(2);
    }

    @Test
    void a_plan_goes_there_and_its_receipt_comes_back() throws Exception {
        var conversation = connected(enrolled());
        var agent = new FakeAgent(Clock.systemUTC(), conversation::say);
        var deny = Denies.deny(1, Clock.systemUTC().instant().plusSeconds(60));

        var receipt =
                roster.enforcer()
                        .apply(new Directive(5, List.of(deny), List.of(), true))
                        .toCompletableFuture();
        agent.hear(conversation.hear("plan").toString());

        assertThat(receipt.get(10, TimeUnit.SECONDS)).isInstanceOf(Receipt.Applied.class);
        assertThat(agent.held()).containsExactly("C-0000001");
    }

    @Test
    void a_hello_in_parts_is_put_together_before_anything_is_decided() throws Exception {
        var conversation = enrolled().open();
        var held = "{\"id\":\"%s\",\"state\":\"held\",\"remainingMillis\":1000,\"entries\":1}";

        conversation.say(
                hello().replace("\"parts\":1", "\"parts\":2")
                        .replace("\"denies\":[]", "\"denies\":[" + held.formatted("a") + "]"));
        conversation.say(
                "{\"type\":\"observation\",\"generation\":0,\"part\":2,\"parts\":2,\"denies\":["
                        + held.formatted("b")
                        + "]}");

        conversation.hear("welcome");
        assertThat(roster.word()).isEqualTo("attached 2");
    }

    @Test
    void denied_flows_are_acknowledged_when_they_are_durable_and_kept_once() throws Exception {
        var conversation = connected(enrolled());
        flowsAreRecorded = false;
        conversation.say(flows(17));
        var agent = new FakeAgent(Clock.systemUTC(), conversation::say);
        var receipt =
                roster.enforcer()
                        .apply(new Directive(5, List.of(), List.of(Denies.id(1)), false))
                        .toCompletableFuture();
        agent.hear(conversation.hear("plan").toString());
        assertThat(receipt.get(10, TimeUnit.SECONDS)).isInstanceOf(Receipt.Applied.class);
        assertThat(conversation.hasHeard()).isFalse();

        flowsAreRecorded = true;
        conversation.say(flows(17));
        assertThat(conversation.hear("flows-stored").path("sequence").asLong()).isEqualTo(17);
        conversation.say(flows(17));
        conversation.hear("flows-stored");

        assertThat(recorded).hasSize(1);
        var seen = (DeniedFlowsSeen) recorded.values().iterator().next();
        assertThat(seen.batch()).isEqualTo(17);
        assertThat(seen.flows()).hasSize(1);
        assertThat(seen.lost()).isEqualTo(3 + 9);
    }

    @Test
    void a_log_that_is_away_is_said_so_and_nothing_is_given_out() throws Exception {
        var token = offered(WEB_1);
        registry.up(false);

        var answer = stranger().enrol(WEB_1.toString(), token.text());

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).doesNotContain("CERTIFICATE");
    }

    @Test
    void too_many_channels_at_once_are_asked_to_come_again() throws Exception {
        gateway.close();
        gateway = start(settings(1), new SettableClock(Clock.systemUTC().instant()));
        var agent = enrolled();
        connected(agent);

        assertThatThrownBy(agent::open).rootCause().hasMessageContaining("503");
    }

    @Test
    void the_servers_own_certificate_changes_without_a_restart() throws Exception {
        var agent = enrolled();
        var before = connected(agent);

        gateway.rotate().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);

        assertThat(before.isOpen()).isTrue();
        assertThat(agent.renew(WEB_1.toString(), Certificates.newKeys()).statusCode())
                .isEqualTo(200);
    }

    private AgentGateway start(GatewaySettings settings) {
        return start(settings, Clock.systemUTC());
    }

    private AgentGateway start(GatewaySettings settings, Clock clock) {
        return AgentGateway.start(
                VERTX,
                authority,
                roster,
                registry,
                (id, event, _) -> record(id, event),
                clock,
                settings);
    }

    private void record(UUID id, Event event) {
        if (!flowsAreRecorded) {
            throw new IllegalStateException("The log is away");
        }
        recorded.putIfAbsent(id, event);
    }

    private static GatewaySettings settings(int connectsPerSecond) {
        var usual = GatewaySettings.on("127.0.0.1", 0, List.of("127.0.0.1", "localhost"));
        return new GatewaySettings(
                usual.host(),
                usual.port(),
                usual.names(),
                usual.heartbeat(),
                usual.helloWithin(),
                Duration.ofMillis(500),
                usual.certificateLife(),
                usual.serverCertificateLife(),
                connectsPerSecond,
                usual.failuresPerMinute(),
                usual.maxConnections());
    }

    private AgentClient stranger() {
        return AgentClient.stranger(gateway.port(), authority.pem());
    }

    private EnrolmentToken offered(EnforcerName name) {
        var token = authority.newToken(name);
        registry.offer(token);
        return token;
    }

    private AgentClient enrolled() throws Exception {
        var agent = stranger();
        var answer = agent.enrol(WEB_1.toString(), offered(WEB_1).text());
        assertThat(answer.statusCode()).isEqualTo(200);
        return agent.with(agent.body(answer).path("certificate").asText());
    }

    private static Conversation connected(AgentClient agent) throws Exception {
        var conversation = agent.open();
        conversation.say(hello());
        conversation.hear("welcome");
        return conversation;
    }

    private static String hello() {
        var agent = new FakeAgent(Clock.systemUTC(), _ -> {});
        return agent.hello(WEB_1.toString()).toString();
    }

    private static String flows(long sequence) {
        return """
        {"type":"denied-flows","sequence":%d,"lost":3,"flows":[
          {"deny":"C-0000001","direction":"egress","protocol":"tcp","peer":"203.0.113.7","port":443,
           "packets":5,"bytes":300,"firstAgoMillis":900,"lastAgoMillis":20,"fingerprint":"8f1d"},
          {"deny":"not one of ours","direction":"egress","protocol":"tcp","peer":"203.0.113.7",
           "port":443,"packets":9,"bytes":1,"firstAgoMillis":1,"lastAgoMillis":1,"fingerprint":"x"}
        ]}\
        """
                .formatted(sequence);
    }
}
