package dev.firebreak.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/// A backup is restored under an agent that has obeyed what came after it.
@Tag("kernel")
@EnabledIf("dev.firebreak.whole.Kernel#mustHold")
class RestoredBackupKernelIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final String host = "restored-" + ProcessHandle.current().pid();
    private final Path cgroup = Kernel.cgroup("restored");

    @TempDir private Path folder;

    @BeforeEach
    void postgres_may_pass() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    }

    @AfterEach
    void leave_the_kernel_as_it_was() {
        Kernel.forget(host);
        Kernel.remove(cgroup);
    }

    @Test
    void an_agent_that_obeyed_a_newer_log_is_told_of_everywhere_and_nobody_is_sent_away()
            throws Exception {
        try (var before = start()) {
            new Api(before).awaitEnforcer(host, "connected", SOON);
        }
        copy(database(), folder.resolve("backup"));
        try (var after = start()) {
            var api = new Api(after);
            api.awaitEnforcer(host, "connected", SOON);
            api.awaitVerified(
                    api.contain(
                            "host/" + host,
                            "cidr/203.0.113.7/32",
                            "egress",
                            "443/tcp",
                            Duration.ofSeconds(2)),
                    SOON);
        }
        Files.move(database(), folder.resolve("lost"));
        copy(folder.resolve("backup"), database());

        try (var restored = start()) {
            var ahead = new Api(restored).awaitEnforcer(host, "ahead", SOON);

            assertThat(ahead.path("stateText").asText()).contains("older than what it has obeyed");
            assertThat(ahead.path("deniesHeld").isNumber()).as("%s", ahead).isFalse();
            assertThat(restored.get("/api/v1/status").body()).contains("\"ahead\"");
            assertThat(restored.get("/").body())
                    .contains("This log is older than what host/" + host + " obeyed");
            assertThat(restored.get("/q/metrics").body())
                    .contains("\nfirebreak_enforcers_ahead 1.0\n");
            var health = restored.get("/q/health/ready");
            assertThat(health.statusCode()).isEqualTo(200);
            assertThat(health.body()).contains("\"enforcersAhead\": 1");
        }
    }

    private Path database() {
        return folder.resolve("data").resolve("postgres");
    }

    private Instance start() {
        return Instance.start(
                folder.resolve("data"),
                Map.of(
                        "FIREBREAK_LOCAL_ENFORCER_NAME",
                        host,
                        "FIREBREAK_LOCAL_ENFORCER_CGROUP_ROOT",
                        cgroup.toString(),
                        "FIREBREAK_LIMITS_ADMIN_SHORTEST",
                        "1s"));
    }

    /// With its owners and rights, which PostgreSQL insists on.
    private static void copy(Path from, Path to) throws IOException, InterruptedException {
        var copying = new ProcessBuilder("cp", "-a", from.toString(), to.toString()).inheritIO();
        assertThat(copying.start().waitFor()).isZero();
    }
}
