package dev.firebreak.hostagent.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.hostagent.protocol.Frames;
import dev.firebreak.hostagent.protocol.FromAgent;
import dev.firebreak.hostagent.protocol.FromService;
import io.vertx.core.http.ServerWebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Enrolment and channel against a service on the loopback, over real TLS.
class ChannelTest {

    @TempDir Path state;

    private final Frames frames = new Frames();
    private final BlockingQueue<FromService> received = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> connections = new LinkedBlockingQueue<>();

    @Test
    void an_agent_enrols_connects_renews_on_the_line_and_comes_back() throws Exception {
        try (var service = new StandInService(KeyPurposeId.id_kp_serverAuth)) {
            var identity = new Identity(state);
            var enrolment = new Enrolment(frames.json(), service.address(), identity);
            assertThat(enrolment.enrol(service.token()))
                    .isEqualTo(new Enrolment.Outcome.Enrolled());
            assertThat(identity.enforcer()).isEqualTo(StandInService.ENFORCER);
            String firstCertificate = Files.readString(state.resolve("agent.crt"));

            try (var channel =
                    new Channel(frames, service.address(), identity, enrolment, listener())) {
                channel.start();
                ServerWebSocket line = line(service);
                assertThat(connections.poll(10, TimeUnit.SECONDS)).isEqualTo("connected");
                channel.send(new FromAgent.Heartbeat(1, 0, "d", 0, 0));
                assertThat(service.heard.poll(10, TimeUnit.SECONDS)).contains("\"heartbeat\"");

                var _ =
                        line.writeTextMessage(
                                "{\"type\":\"welcome\",\"protocol\":1,\"heartbeatMillis\":10000}");
                var _ = line.writeTextMessage("{\"type\":\"flows-stored\",\"sequence\":9}");
                assertThat(received.poll(10, TimeUnit.SECONDS))
                        .isEqualTo(new FromService.Welcome(1, 10_000, null));
                assertThat(received.poll(10, TimeUnit.SECONDS))
                        .isEqualTo(new FromService.FlowsStored(9));

                var _ = line.writeTextMessage("{\"type\":\"renew\"}");
                assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo(new FromService.Renew());
                assertThat(service.asked.poll(10, TimeUnit.SECONDS)).endsWith("enrolments");
                assertThat(service.asked.poll(10, TimeUnit.SECONDS)).endsWith("certificates");
                channel.send(new FromAgent.Heartbeat(2, 0, "d", 0, 0));
                assertThat(service.heard.poll(10, TimeUnit.SECONDS)).contains("\"generation\":2");

                var _ = line.close();
                assertThat(connections.poll(10, TimeUnit.SECONDS)).isEqualTo("disconnected");
                line(service);
                assertThat(connections.poll(10, TimeUnit.SECONDS)).isEqualTo("connected");
            }
            assertThat(Files.readString(state.resolve("agent.crt"))).isNotEqualTo(firstCertificate);
            assertThat(
                            PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(state.resolve("agent.key"))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void a_busy_service_is_asked_again_with_the_same_key() throws Exception {
        try (var service = new StandInService(KeyPurposeId.id_kp_serverAuth)) {
            service.busyAnswers.set(1);
            var identity = new Identity(state);
            var enrolment = new Enrolment(frames.json(), service.address(), identity);

            assertThat(enrolment.enrol(service.token()))
                    .isInstanceOf(Enrolment.Outcome.NotNow.class);
            var key = identity.nextKey().getPublic();
            assertThat(enrolment.enrol(service.token()))
                    .isEqualTo(new Enrolment.Outcome.Enrolled());
            assertThat(Identity.parse(Files.readString(state.resolve("agent.crt"))).getPublicKey())
                    .isEqualTo(key);
        }
    }

    @Test
    void an_agents_certificate_cannot_pass_for_a_service() throws Exception {
        try (var impostor = new StandInService(KeyPurposeId.id_kp_clientAuth)) {
            var enrolment = new Enrolment(frames.json(), impostor.address(), new Identity(state));

            assertThat(enrolment.enrol(impostor.token()))
                    .isInstanceOf(Enrolment.Outcome.NotNow.class);
            assertThat(impostor.asked).isEmpty();
        }
    }

    @Test
    void another_authority_is_not_spoken_to() throws Exception {
        try (var service = new StandInService(KeyPurposeId.id_kp_serverAuth);
                var other = new StandInService(KeyPurposeId.id_kp_serverAuth)) {
            var enrolment = new Enrolment(frames.json(), service.address(), new Identity(state));

            assertThat(enrolment.enrol(other.token())).isInstanceOf(Enrolment.Outcome.NotNow.class);
            assertThat(service.asked).isEmpty();
            assertThat(Files.exists(state.resolve("agent.crt"))).isFalse();
        }
    }

    @Test
    void a_certificate_is_renewed_after_two_thirds_of_its_life() throws Exception {
        try (var service = new StandInService(KeyPurposeId.id_kp_serverAuth)) {
            service.life = Duration.ofSeconds(9);
            var identity = new Identity(state);
            new Enrolment(frames.json(), service.address(), identity).enrol(service.token());

            var issued = Identity.parse(Files.readString(state.resolve("agent.crt")));

            assertThat(identity.renewAt())
                    .isEqualTo(issued.getNotBefore().toInstant().plusSeconds(6));
        }
    }

    private ServerWebSocket line(StandInService service) throws InterruptedException {
        ServerWebSocket line = service.lines.poll(10, TimeUnit.SECONDS);
        assertThat(line).as("a connection within 10 s").isNotNull();
        return line;
    }

    private Channel.Listener listener() {
        return new Channel.Listener() {
            @Override
            public void connected() {
                connections.add("connected");
            }

            @Override
            public void disconnected() {
                connections.add("disconnected");
            }

            @Override
            public void received(FromService frame, long heard) {
                received.add(frame);
            }
        };
    }
}
