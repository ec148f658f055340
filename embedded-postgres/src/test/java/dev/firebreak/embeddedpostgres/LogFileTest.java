package dev.firebreak.embeddedpostgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogFileTest {
    private static final Set<PosixFilePermission> OWNERS =
            PosixFilePermissions.fromString("rw-------");

    @TempDir Path directory;

    @Test
    void a_log_beyond_the_limit_is_cut_and_kept_once() throws Exception {
        var home = new Home(directory);
        Files.write(home.log(), new byte[(int) LogFile.LIMIT_BYTES + 1]);

        LogFile.bound(home);

        assertThat(home.log()).isEmptyFile();
        assertThat(home.olderLog()).hasSize(LogFile.LIMIT_BYTES + 1);
    }

    @Test
    void a_log_is_its_owners_alone_an_older_one_too() throws Exception {
        var home = new Home(directory);
        LogFile.prepare(home);
        assertThat(Files.getPosixFilePermissions(home.log())).isEqualTo(OWNERS);
        Files.setPosixFilePermissions(home.log(), PosixFilePermissions.fromString("rw-r--r--"));

        LogFile.prepare(home);

        assertThat(Files.getPosixFilePermissions(home.log())).isEqualTo(OWNERS);
    }

    @Test
    void a_log_at_the_limit_is_left_alone() throws Exception {
        var home = new Home(directory);
        Files.write(home.log(), new byte[(int) LogFile.LIMIT_BYTES]);

        LogFile.bound(home);

        assertThat(home.log()).hasSize(LogFile.LIMIT_BYTES);
    }

    @Test
    void the_tail_is_the_end() throws Exception {
        var log = directory.resolve("log");
        Files.writeString(log, "x".repeat(10_000) + "\nFATAL: the reason\n");

        assertThat(LogFile.tail(log)).endsWith("FATAL: the reason").hasSizeLessThan(3_000);
    }
}
