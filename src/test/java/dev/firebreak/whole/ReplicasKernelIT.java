package dev.firebreak.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/// An agent has one channel, to one replica; the other replica hears nothing of it, and must not
/// call it silent for that.
@Tag("kernel")
@EnabledIf("dev.firebreak.whole.Kernel#mustHold")
class ReplicasKernelIT {

    private static final Duration SILENT_AFTER = Duration.ofSeconds(3);
    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void whom_one_replica_hears_the_other_calls_silent_only_when_that_one_is_gone(
            @TempDir Path folder) {
        var host = "replicas-%d".formatted(ProcessHandle.current().pid());
        var cgroup = Kernel.cgroup("replicas");
        var settings = Map.of("FIREBREAK_AGENTS_SILENT_AFTER", SILENT_AFTER.toString());
        var ofFirst =
                Map.of(
                        "FIREBREAK_AGENTS_SILENT_AFTER",
                        SILENT_AFTER.toString(),
                        "FIREBREAK_LOCAL_ENFORCER_NAME",
                        host,
                        "FIREBREAK_LOCAL_ENFORCER_CGROUP_ROOT",
                        cgroup.toString());
        try (var replicas = Replicas.withEnforcer(folder, settings, ofFirst)) {
            var second = new Api(replicas.second());
            second.awaitEnforcer(host, "connected", SOON);

            LockSupport.parkNanos(SILENT_AFTER.multipliedBy(3).toNanos());
            assertThat(second.enforcer(host).path("state").asText()).isEqualTo("connected");
            assertThat(second.timeline()).noneMatch(each -> each.contains("silent"));

            replicas.first().kill();
            second.awaitEnforcer(host, "silent", SOON);
        } finally {
            Kernel.forget(host);
            Kernel.remove(cgroup);
        }
    }
}
