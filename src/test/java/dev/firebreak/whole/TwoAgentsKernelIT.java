package dev.firebreak.whole;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/// Two hosts in network namespaces of their own, enrolled by tokens: what holds when a host is cut
/// off, and who is not let in.
@Tag("kernel")
@EnabledIf("dev.firebreak.whole.Kernel#mustHold")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoAgentsKernelIT {

    private static final String LOOPBACK = "127.0.0.1";
    private static final String ONE = "fbw-one";
    private static final String TWO = "fbw-two";
    private static final Duration TTL = Duration.ofSeconds(20);
    private static final Duration SILENT_AFTER = Duration.ofSeconds(3);

    /// Silence, and the looks of a busy machine at it.
    private static final Duration UNKNOWN_WITHIN = SILENT_AFTER.plusSeconds(5);

    /// The way of the plan to the agent makes an end late by as much, never early. Wide, for a busy
    /// machine.
    private static final Duration LATE = Duration.ofSeconds(1);

    private static final Duration ROUNDING = Duration.ofMillis(2);

    private final Path folder;
    private final Path top = Kernel.cgroup("agents");
    private final Networks networks = new Networks();
    private final Instance firebreak;
    private final Api api;
    private final String tokenOfOne;
    private final Agent one;
    private final Agent two;
    private final Cell cart;
    private final Cell server;

    TwoAgentsKernelIT(@TempDir Path folder) throws IOException {
        this.folder = folder;
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        firebreak =
                Instance.start(
                        folder.resolve("data"),
                        Map.of(
                                "FIREBREAK_AGENTS_NAMES",
                                Networks.SERVICE,
                                "FIREBREAK_AGENTS_SILENT_AFTER",
                                SILENT_AFTER.toSeconds() + "s",
                                "FIREBREAK_LIMITS_ADMIN_SHORTEST",
                                "1s"),
                        "--without-local-enforcer",
                        "--agents-address",
                        Networks.SERVICE);
        api = new Api(firebreak);
        tokenOfOne = token(ONE);
        one = agent(1, "one", "--token", tokenOfOne);
        two = agent(2, "two", "--token", token(TWO));
        server = Cell.start(top.resolve("one/server"), Networks.on(1));
        cart = Cell.start(top.resolve("one/cart"), Networks.on(1));
    }

    @BeforeAll
    void both_are_connected() {
        api.awaitEnforcer(ONE, "connected", Scene.SOON);
        api.awaitEnforcer(TWO, "connected", Scene.SOON);
        api.deploy(Scene.A, ONE, Kernel.name(top.resolve("one/cart")));
    }

    @AfterAll
    void takeDown() {
        one.close();
        two.close();
        cart.close();
        server.close();
        firebreak.close();
        networks.close();
        Kernel.forget(ONE);
        Kernel.forget(TWO);
        Kernel.remove(top);
    }

    @Test
    void a_host_that_is_cut_off_is_unknown_ends_on_time_and_converges_when_it_is_back() {
        var port = server.listen(LOOPBACK);
        assertThat(cart.connect(LOOPBACK, port).isAllowed()).isTrue();
        var id = api.contain(Scene.A, port + "/tcp", TTL);
        var end = Instant.parse(api.awaitVerified(id, Scene.SOON).path("expiresAt").asText());
        assertThat(cart.connect(LOOPBACK, port).isDenied()).isTrue();

        networks.cut(1);

        var cutAt = Instant.now();
        var cutOff =
                Waiting.until(
                        UNKNOWN_WITHIN,
                        () -> api.containment(id),
                        seen -> "unknown".equals(part(seen)));
        System.out.printf(
                "unknown after %d ms%n", Duration.between(cutAt, Instant.now()).toMillis());
        assertThat(cutOff.path("state").asText()).isEqualTo("unknown");
        assertThat(api.enforcer(ONE).path("state").asText()).isEqualTo("silent");
        assertThat(api.enforcer(TWO).path("state").asText()).isEqualTo("connected");
        assertThat(Terminal.prints(firebreak, "plan", Scene.A))
                .contains("on host/" + ONE + ": 1 to hold, against everyone; but it is not heard")
                .contains("nothing of this is held there until it is");

        var opening = cart.watch(LOOPBACK, port, end.plusSeconds(10).toEpochMilli());
        System.out.printf(
                "cut off: open %+d ms after its end%n", opening.openMillis() - end.toEpochMilli());
        assertThat(Instant.ofEpochMilli(opening.openMillis()))
                .isBetween(end.minus(ROUNDING), end.plus(LATE));
        api.awaitState(id, "releasing", Scene.SOON);

        var next = api.contain(Scene.A, port + "/tcp", Duration.ofMinutes(5));
        assertThat(api.containment(next).path("state").asText()).isNotEqualTo("contained");
        assertThat(cart.connect(LOOPBACK, port).isAllowed()).isTrue();

        networks.join(1);

        api.awaitVerified(next, Duration.ofSeconds(60));
        assertThat(cart.connect(LOOPBACK, port).isDenied()).isTrue();
        api.awaitState(id, "ended", Scene.SOON);
        api.release(next);
        api.awaitState(next, "ended", Scene.SOON);
        assertThat(cart.connect(LOOPBACK, port).isAllowed()).isTrue();
    }

    @Test
    void a_token_that_was_used_is_refused() {
        try (var again = agent(2, "again", "--token", tokenOfOne)) {
            assertThat(again.exitCode()).isEqualTo(1);
            assertThat(again.output()).contains("Not enrolled");
        }
    }

    @Test
    void a_token_under_another_name_is_refused() {
        var parts = token("fbw-three").split("\\.", -1);
        parts[1] =
                Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString("host/fbw-four".getBytes(UTF_8));

        try (var other = agent(2, "other", "--token", String.join(".", parts))) {
            assertThat(other.exitCode()).isEqualTo(1);
            assertThat(other.output()).contains("Not enrolled");
        }
    }

    @Test
    void a_copied_certificate_is_refused_while_its_owner_lives() throws IOException {
        var copy = folder.resolve("copy");
        Files.createDirectories(copy);
        for (var file : new String[] {"agent.key", "agent.crt", "authority.crt"}) {
            Files.copy(folder.resolve("two").resolve(file), copy.resolve(file));
        }
        Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwx------"));

        var run = folder.resolve("run").toString();
        try (var clone = agent(1, "copy", "--run-dir", run)) {
            Waiting.until(
                    Scene.SOON,
                    clone::output,
                    said -> said.contains("Another agent with this certificate"));
        } finally {
            Networks.run("umount", run + "/bpf");
        }
        assertThat(api.enforcer(TWO).path("state").asText()).isEqualTo("connected");
        var told =
                Waiting.until(
                        Scene.SOON,
                        () ->
                                api.timeline().stream()
                                        .filter(line -> line.contains("copied"))
                                        .toList(),
                        lines -> !lines.isEmpty());
        assertThat(told).singleElement().asString().contains(TWO, "revoke", "enrol it again");
    }

    private Agent agent(int network, String name, String... options) {
        var all = new String[options.length + 2];
        System.arraycopy(options, 0, all, 0, options.length);
        all[options.length] = "--cgroup-root";
        all[options.length + 1] = Kernel.made(top.resolve(name)).toString();
        return Agent.start(network, folder.resolve(name), firebreak.agentsPort(), all);
    }

    private String token(String host) {
        return api.created("/api/v1/enforcers/host/" + host + "/enrolments", Map.of())
                .path("token")
                .asText();
    }

    private static String part(JsonNode containment) {
        return containment.path("parts").path(0).path("state").asText();
    }
}
