package dev.firebreak.embeddedpostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedPostgresTest {
    @TempDir(factory = Prepared.class)
    Path directory;

    @Test
    void a_restart_keeps_the_rows_and_the_password(@TempDir(factory = Reachable.class) Path empty)
            throws Exception {
        String password;
        try (var first = EmbeddedPostgres.start(empty)) {
            Rows.createTable(first.jdbcUrl(), first.password());
            Rows.insert(first.jdbcUrl(), first.password(), 1);
            password = first.password();
        }

        try (var second = EmbeddedPostgres.start(empty)) {
            assertThat(second.password()).isEqualTo(password);
            assertThat(Rows.count(second.jdbcUrl(), password)).isEqualTo(1);
        }
    }

    @Test
    void a_second_start_in_this_process_is_refused_and_the_first_goes_on() throws Exception {
        try (var first = EmbeddedPostgres.start(directory)) {
            assertThatThrownBy(() -> EmbeddedPostgres.start(directory))
                    .isInstanceOf(DataDirectoryInUseException.class)
                    .hasMessageContaining(Long.toString(ProcessHandle.current().pid()));

            Rows.createTable(first.jdbcUrl(), first.password());
        }
    }

    @Test
    void a_closed_directory_is_free_again_and_no_process_works_in_it() throws Exception {
        EmbeddedPostgres.start(directory).close();

        assertThat(DirectoryLock.isFree(directory.resolve("lock"))).isTrue();
        assertThat(Processes.workingBelow(directory)).isEmpty();
    }

    @Test
    void nobody_enters_without_the_password() {
        try (var postgres = EmbeddedPostgres.start(directory)) {
            assertThatThrownBy(() -> Rows.count(postgres.jdbcUrl(), "guessed"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
        }
    }

    @Test
    void what_is_committed_is_on_disk() throws Exception {
        try (var postgres = EmbeddedPostgres.startTemporary()) {
            for (var setting : new String[] {"fsync", "synchronous_commit", "full_page_writes"}) {
                assertThat(Rows.shown(postgres, setting)).as(setting).isEqualTo("on");
            }
            assertThat(Rows.shown(postgres, "listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(Rows.shown(postgres, "data_checksums")).isEqualTo("on");
        }
    }

    @Test
    void the_password_is_readable_by_its_owner_alone_and_on_no_command_line() throws Exception {
        try (var postgres = EmbeddedPostgres.start(directory)) {
            var mode = Files.getPosixFilePermissions(directory.resolve("postgres.password"));

            assertThat(PosixFilePermissions.toString(mode)).isEqualTo("rw-------");
            assertThat(Processes.commandLinesBelow(directory))
                    .isNotEmpty()
                    .noneMatch(line -> line.contains(postgres.password()));
        }
    }

    @Test
    void a_temporary_server_is_deleted_when_closed() throws Exception {
        Path data;
        try (var postgres = EmbeddedPostgres.startTemporary()) {
            data = Path.of(Rows.shown(postgres, "data_directory"));
            assertThat(data).isDirectory();
        }

        assertThat(data.getParent()).doesNotExist();
    }

    @Test
    void two_temporary_servers_know_nothing_of_each_other() throws Exception {
        try (var one = EmbeddedPostgres.startTemporary();
                var other = EmbeddedPostgres.startTemporary()) {
            Rows.createTable(one.jdbcUrl(), one.password());

            assertThatThrownBy(() -> Rows.count(other.jdbcUrl(), other.password()))
                    .hasMessageContaining("does not exist");
        }
    }

    @Test
    void a_driver_manager_url_is_enough() throws Exception {
        try (var postgres = EmbeddedPostgres.startTemporary();
                var connection =
                        DriverManager.getConnection(
                                postgres.jdbcUrl(), postgres.user(), postgres.password())) {
            assertThat(connection.isValid(1)).isTrue();
        }
    }
}
