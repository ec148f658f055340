package dev.firebreak.embeddedpostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real processes, really killed.
final class CrashTest {
    private static final Duration ENDED_WITHIN = Duration.ofSeconds(10);

    @TempDir(factory = Prepared.class)
    Path directory;

    @AfterEach
    void no_process_stays_behind() throws Exception {
        allEnd(Processes.workingBelow(directory));
    }

    @Test
    void another_process_is_refused_and_told_who_holds_the_directory() throws Exception {
        try (var child = Child.server(directory)) {
            assertThatThrownBy(() -> EmbeddedPostgres.start(directory))
                    .isInstanceOf(DataDirectoryInUseException.class)
                    .hasMessageContaining(directory.toString())
                    .hasMessageContaining("process " + child.process().pid());
        }
    }

    @Test
    void the_server_ends_when_its_jvm_is_killed() throws Exception {
        var child = Child.server(directory);
        var server = Processes.workingBelow(directory);
        assertThat(server).isNotEmpty();

        child.killed();

        allEnd(server);
    }

    @Test
    void the_server_ends_when_its_jvm_is_asked_to_stop() throws Exception {
        var child = Child.server(directory);
        var server = Processes.workingBelow(directory);
        assertThat(server).isNotEmpty();

        child.process().destroy();

        allEnd(server);
        assertThat(Files.readString(directory.resolve("postgres.log")))
                .contains("database system is shut down");
    }

    @Test
    void rows_survive_when_jvm_and_server_are_killed_together() throws Exception {
        var child = Child.server(directory);
        var password = Cluster.password(new Home(directory));
        Rows.createTable(child.said(), password);
        Rows.insert(child.said(), password, 1);

        Processes.workingBelow(directory).forEach(ProcessHandle::destroyForcibly);
        child.killed();

        try (var next = EmbeddedPostgres.start(directory)) {
            assertThat(Rows.count(next.jdbcUrl(), next.password())).isEqualTo(1);
            assertThat(Files.readString(directory.resolve("postgres.log")))
                    .contains("automatic recovery in progress");
        }
    }

    @Test
    void a_start_right_after_the_kill_waits_for_the_old_server() throws Exception {
        for (var round = 1; round <= 3; round++) {
            Child.server(directory).killed();
            EmbeddedPostgres.start(directory).close();
        }
    }

    @Test
    void a_killed_server_is_started_again_on_the_same_port_with_its_rows() throws Exception {
        try (var postgres = EmbeddedPostgres.start(directory)) {
            Rows.createTable(postgres.jdbcUrl(), postgres.password());
            Rows.insert(postgres.jdbcUrl(), postgres.password(), 1);
            var killed = Processes.workingBelow(directory);

            killed.forEach(ProcessHandle::destroyForcibly);
            allEnd(killed);

            assertThat(Rows.countWithin(ENDED_WITHIN, postgres)).isEqualTo(1);
        }
    }

    @Test
    void an_orphan_that_nobody_bound_is_stopped_and_its_rows_are_kept() throws Exception {
        var home = new Home(directory);
        var orphan = Orphan.start(home);
        Rows.createTable(orphan.url(), Cluster.password(home));
        Rows.insert(orphan.url(), Cluster.password(home), 1);

        try (var next = EmbeddedPostgres.start(directory)) {
            assertThat(orphan.process().isAlive()).isFalse();
            assertThat(Rows.count(next.jdbcUrl(), next.password())).isEqualTo(1);
        }
    }

    @Test
    void a_stranger_who_got_the_number_of_a_dead_server_is_left_alone() throws Exception {
        var launch = new Launch(Account.running(directory.resolve("postgres")));
        var stranger =
                launch.start(
                        Path.of("/"), ProcessBuilder.Redirect.DISCARD, List.of("sleep", "600"));
        try {
            Files.writeString(
                    directory.resolve("postgres/postmaster.pid"),
                    "%d%n%s%n1%n5432%n%n127.0.0.1%n1 1%nready%n"
                            .formatted(stranger.pid(), directory.resolve("postgres")));

            EmbeddedPostgres.start(directory).close();

            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    void where_the_kernel_cannot_bind_a_watchdog_stops_the_server() throws Exception {
        var child =
                Child.start(
                        List.of(), System.getProperty("java.class.path"), "watchdog", directory);
        var watched = ProcessHandle.of(Long.parseLong(child.said())).orElseThrow();

        child.killed();

        allEnd(List.of(watched));
    }

    private static void allEnd(List<ProcessHandle> processes) throws Exception {
        for (var process : processes) {
            process.onExit().get(ENDED_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
