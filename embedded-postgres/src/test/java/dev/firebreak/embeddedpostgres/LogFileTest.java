package dev.firebreak.embeddedpostgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogFileTest {
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
