package dev.firebreak.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/// The enforcer of this machine keeps the name that it was enrolled under.
@Tag("kernel")
@EnabledIf("dev.firebreak.whole.Kernel#mustHold")
class LocalNameKernelIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String NAME = "FIREBREAK_LOCAL_ENFORCER_NAME";

    private final String first = "first-" + ProcessHandle.current().pid();
    private final Path cgroup = Kernel.cgroup("name");

    @TempDir private Path folder;

    @AfterEach
    void leave_the_kernel_as_it_was() {
        Kernel.forget(first);
        Kernel.remove(cgroup);
    }

    @Test
    void another_name_is_refused_at_start_and_none_is_the_first() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        try (var firebreak = launch(Map.of(NAME, first))) {
            firebreak.awaitReady();
            new Api(firebreak).awaitEnforcer(first, "connected", SOON);
        }

        try (var renamed = launch(Map.of(NAME, "second"))) {
            assertThat(renamed.process().waitFor(SOON.toSeconds() * 2, TimeUnit.SECONDS)).isTrue();
            assertThat(renamed.process().exitValue()).isEqualTo(1);
            assertThat(renamed.output())
                    .contains("This machine is enrolled as host/" + first)
                    .doesNotContain("this is a mistake of ours");
        }

        try (var unnamed = launch(Map.of())) {
            unnamed.awaitReady();
            new Api(unnamed).awaitEnforcer(first, "connected", SOON);
            assertThat(new Api(unnamed).get("/api/v1/enforcers")).hasSize(1);
        }
    }

    private Instance launch(Map<String, String> settings) {
        var all = new HashMap<>(settings);
        all.put("FIREBREAK_LOCAL_ENFORCER_CGROUP_ROOT", cgroup.toString());
        return Instance.launch(folder.resolve("data"), all);
    }
}
