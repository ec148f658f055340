package dev.firebreak.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// PostgreSQL takes questions and answers none, as a machine does whose disk is stuck.
class HungDatabaseIT {

    /// Longer than a body may take to arrive.
    private static final Duration HUNG_FOR = Duration.ofSeconds(18);

    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(18);

    private static final String WORKLOAD =
            """
            {"workload": "shop/cart", "environment": "production",
             "placements": [{"kind": "cgroup", "host": "web-1", "cgroup": "/shop/cart"}]}
            """;

    @Test
    void a_request_that_was_here_whole_is_never_called_given_up(@TempDir Path folder)
            throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        try (var firebreak =
                Instance.start(folder.resolve("data"), Map.of(), "--without-local-enforcer")) {
            // What is known of the workload is in memory: only the append meets the database.
            firebreak.post("/api/v1/workloads", WORKLOAD.replace("production", "staging"));
            var postgres = firebreak.process().descendants().filter(HungDatabaseIT::isPostgres);
            var hung = postgres.toList();
            signal("-STOP", hung);
            var request =
                    firebreak
                            .request("/api/v1/workloads")
                            .version(HttpClient.Version.HTTP_1_1)
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(WORKLOAD));
            var asked = CompletableFuture.supplyAsync(() -> firebreak.send(request));
            var early =
                    asked.copy().completeOnTimeout(null, HUNG_FOR.toSeconds(), TimeUnit.SECONDS);
            System.out.println("answered while it hung: " + early.join());
            signal("-CONT", hung);

            assertThat(asked.join().statusCode()).as(asked.join().body()).isIn(201, 503);
            assertThat(firebreak.output()).doesNotContain("IllegalStateException");
        }
    }

    /// Whoever asks at night gets an answer; that nothing can be seen is one, too.
    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/status", "/api/v1/containments/C-0000001", "/api/v1/whoami"})
    void who_asks_while_it_hangs_is_answered_soon(String path, @TempDir Path folder)
            throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        try (var firebreak =
                Instance.start(folder.resolve("data"), Map.of(), "--without-local-enforcer")) {
            var _ = firebreak.get("/api/v1/status");
            var postgres = firebreak.process().descendants().filter(HungDatabaseIT::isPostgres);
            var hung = postgres.toList();
            signal("-STOP", hung);
            try {
                var asked =
                        CompletableFuture.supplyAsync(() -> firebreak.send(firebreak.request(path)))
                                .get(ANSWERED_WITHIN.toSeconds(), TimeUnit.SECONDS);

                assertThat(asked.statusCode()).as(asked.body()).isIn(200, 503);
            } finally {
                signal("-CONT", hung);
            }
        }
    }

    private static boolean isPostgres(ProcessHandle process) {
        return process.info().command().filter(path -> path.endsWith("/postgres")).isPresent();
    }

    private static void signal(String signal, List<ProcessHandle> processes)
            throws IOException, InterruptedException {
        assertThat(processes).isNotEmpty();
        for (var process : processes) {
            var kill = new ProcessBuilder("kill", signal, Long.toString(process.pid())).start();
            assertThat(kill.waitFor()).isZero();
        }
    }
}
