package dev.firebreak.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/// The main job, from a signed command to the kernel and back, through nothing but REST and what a
/// workload itself can see.
@Tag("kernel")
@EnabledIf("dev.firebreak.whole.Kernel#mustHold")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WalkKernelIT {

    private static final String LOOPBACK = "127.0.0.1";
    private static final int ECONNREFUSED = 111;
    private static final Duration TTL = Duration.ofMinutes(10);
    private static final Pattern DENIED = Pattern.compile("denied (\\d+) packets? in 1 flow of ");
    private static final Duration FLOWS_WITHIN = Duration.ofSeconds(30);

    /// A deny answers without asking the network. Wide, for a busy machine.
    private static final long AT_ONCE_MICROS = 50_000;

    private Scene scene;
    private String containment = "";

    WalkKernelIT(@TempDir Path folder) {
        this.scene = new Scene("walk", folder);
    }

    @BeforeAll
    void everything_works_before() {
        assertEverythingWorks();
    }

    @AfterEach
    void release() {
        if (!"ended".equals(scene.api().containment(containment).path("state").asText())) {
            scene.api().release(containment);
            scene.api().awaitState(containment, "ended", Scene.SOON);
        }
        assertEverythingWorks();
    }

    @AfterAll
    void takeDown() {
        scene.close();
    }

    @Test
    void a_new_connect_is_not_permitted_at_once() {
        contain();

        var attempt = scene.a().connect(LOOPBACK, scene.port);

        assertThat(attempt.isDenied()).as("%s", attempt).isTrue();
        assertThat(attempt.micros()).isLessThan(AT_ONCE_MICROS);
        System.out.println("EPERM after " + attempt.micros() + " us");
    }

    @Test
    void a_live_session_is_dead_and_stays_so_after_the_release() {
        assertThat(scene.a().does("open live %s %d".formatted(LOOPBACK, scene.port)))
                .isEqualTo("ok");
        assertThat(scene.a().does("echo live")).isEqualTo("ok");

        contain();

        var ended = sessionsEnded();
        assertThat(ended).isPositive();
        assertThat(scene.a().does("echo live")).isNotIn("ok", "silence");
        scene.api().release(containment);
        scene.api().awaitState(containment, "ended", Scene.SOON);
        assertThat(scene.a().does("echo live")).isNotIn("ok", "silence");
        assertThat(sessionsEnded()).as("ended, still told after the end").isEqualTo(ended);
    }

    private int sessionsEnded() {
        return scene.api()
                .containment(containment)
                .path("parts")
                .path(0)
                .path("sessionsEnded")
                .asInt();
    }

    @Test
    void its_other_port_its_neighbour_and_a_peer_that_is_not_covered_still_work() {
        contain();

        assertThat(scene.a().connect(LOOPBACK, scene.otherPort).isAllowed()).isTrue();
        assertThat(scene.a().connect("::1", scene.port).isAllowed()).isTrue();
        assertThat(scene.b.connect(LOOPBACK, scene.port).isAllowed()).isTrue();
    }

    @Test
    void the_same_address_written_as_ipv6_is_the_same_peer() {
        contain();

        assertThat(scene.a().does("open mapped ::ffff:127.0.0.1 " + scene.port))
                .contains("not permitted");
    }

    @Test
    void a_block_of_addresses_is_denied_and_the_next_one_is_not() {
        contain("cidr/127.0.1.0/24", "egress", scene.portOverTcp());

        assertThat(scene.a().connect("127.0.1.0", scene.port).isDenied()).isTrue();
        assertThat(scene.a().connect("127.0.1.255", scene.port).isDenied()).isTrue();
        assertThat(scene.a().connect("127.0.2.0", scene.port).errno()).isEqualTo(ECONNREFUSED);
        assertThat(scene.a().connect(LOOPBACK, scene.port).isAllowed()).isTrue();
    }

    @Test
    void a_range_of_ports_is_denied_from_the_first_to_the_last() {
        var block = "cidr/127.0.1.0/24";
        contain(block, "egress", "20000-20010/tcp");

        assertThat(scene.a().connect("127.0.1.1", 19_999).errno()).isEqualTo(ECONNREFUSED);
        assertThat(scene.a().connect("127.0.1.1", 20_000).isDenied()).isTrue();
        assertThat(scene.a().connect("127.0.1.1", 20_010).isDenied()).isTrue();
        assertThat(scene.a().connect("127.0.1.1", 20_011).errno()).isEqualTo(ECONNREFUSED);
    }

    @Test
    void datagrams_are_denied_where_udp_is_and_tcp_is_not() throws IOException {
        var port = Echo.serveDatagrams(LOOPBACK);
        assertThat(scene.a().does("datagram %s %d".formatted(LOOPBACK, port))).isEqualTo("ok");

        contain("cidr/127.0.0.1/32", "egress", port + "/udp");

        assertThat(scene.a().does("datagram %s %d".formatted(LOOPBACK, port)))
                .contains("not permitted");
        assertThat(scene.b.does("datagram %s %d".formatted(LOOPBACK, port))).isEqualTo("ok");
        assertThat(scene.a().connect(LOOPBACK, scene.port).isAllowed()).isTrue();
    }

    @Test
    void nobody_reaches_it_any_more_where_what_comes_in_is_denied() {
        var port = scene.a().listen(LOOPBACK);
        var open = "open %%s %s %d".formatted(LOOPBACK, port);
        assertThat(scene.b.does(open.formatted("before"))).isEqualTo("ok");
        assertThat(scene.b.does("echo before")).isEqualTo("ok");

        contain("cidr/127.0.0.1/32", "ingress", port + "/tcp");

        assertThat(scene.b.does("echo before")).isNotEqualTo("ok");
        assertThat(scene.b.does(open.formatted("new"))).contains("timed out");
        assertThat(scene.a().connect(LOOPBACK, scene.port).isAllowed()).isTrue();
    }

    @Test
    void both_directions_are_denied_by_one_containment() {
        var port = scene.a().listen(LOOPBACK);

        contain("cidr/127.0.0.1/32", "both", "all");

        assertThat(scene.a().connect(LOOPBACK, scene.port).isDenied()).isTrue();
        assertThat(scene.a().connect("::1", scene.port).isAllowed()).isTrue();
        assertThat(scene.b.does("open new %s %d".formatted(LOOPBACK, port))).contains("timed out");
        assertThat(scene.b.connect(LOOPBACK, scene.port).isAllowed()).isTrue();
    }

    @Test
    void nobody_gets_out_by_the_word_that_it_is_gone() {
        contain();

        var answer = scene.retireA();

        assertThat(answer.path("containedBy").path(0).path("containment").asText())
                .isEqualTo(containment);
        scene.api().deploy("shop/other", "elsewhere", "/other");
        assertThat(scene.a().connect(LOOPBACK, scene.port).isDenied()).isTrue();
        scene.deployA();
        assertThat(scene.a().connect(LOOPBACK, scene.port).isDenied()).isTrue();
    }

    @Test
    void what_was_denied_is_in_its_life_and_its_probe_is_not() {
        contain();
        for (var i = 0; i < 3; i++) {
            scene.a().connect(LOOPBACK, scene.port);
        }

        Waiting.until(FLOWS_WITHIN, () -> denied(scene.api().life(containment)), sum -> sum >= 3);

        assertThat(denied(scene.api().life(containment))).isEqualTo(3);
        assertThat(scene.api().life(containment))
                .anyMatch(line -> line.contains("(%s): to %s:".formatted(containment, LOOPBACK)));
        assertThat(scene.api().timeline())
                .anyMatch(
                        line -> line.matches("host/walk-\\d+ denied \\d packets? in 1 flow of .*"));
    }

    private static int denied(List<String> life) {
        return life.stream()
                .map(DENIED::matcher)
                .filter(Matcher::find)
                .mapToInt(found -> Integer.parseInt(found.group(1)))
                .sum();
    }

    @Test
    void the_log_tells_what_was_denied_at_a_past_instant() {
        var before = Instant.now();
        contain();
        var during = Instant.now();
        scene.api().release(containment);

        assertThat(scene.api().deniedAt(before)).doesNotContain(containment);
        assertThat(scene.api().deniedAt(during)).contains(containment);
        assertThat(scene.api().deniedAt(Instant.now())).doesNotContain(containment);
    }

    @Test
    void a_restart_under_the_same_name_does_not_escape() {
        contain();

        scene.restartA();

        assertThat(
                        Waiting.until(
                                        Duration.ofSeconds(5),
                                        () -> scene.a().connect(LOOPBACK, scene.port),
                                        Cell.Attempt::isDenied)
                                .isDenied())
                .isTrue();
        assertThat(scene.a().connect(LOOPBACK, scene.otherPort).isAllowed()).isTrue();
    }

    private void contain() {
        containment = scene.api().contain(Scene.A, scene.portOverTcp(), TTL);
        scene.api().awaitVerified(containment, Scene.SOON);
    }

    private void contain(String peer, String direction, String ports) {
        containment = scene.api().contain(Scene.A, peer, direction, ports, TTL);
        scene.api().awaitState(containment, "contained", Scene.SOON);
    }

    private void assertEverythingWorks() {
        assertThat(scene.a().connect(LOOPBACK, scene.port).isAllowed()).isTrue();
        assertThat(scene.a().connect(LOOPBACK, scene.otherPort).isAllowed()).isTrue();
        assertThat(scene.a().connect("::1", scene.port).isAllowed()).isTrue();
        assertThat(scene.b.connect(LOOPBACK, scene.port).isAllowed()).isTrue();
    }
}
