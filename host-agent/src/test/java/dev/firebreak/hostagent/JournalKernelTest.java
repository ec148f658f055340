package dev.firebreak.hostagent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.hostagent.deny.Deny;
import dev.firebreak.hostagent.deny.Direction;
import dev.firebreak.hostagent.deny.Subject;
import dev.firebreak.hostagent.kernel.KernelTest;
import dev.firebreak.hostagent.protocol.Frames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The state file on a file system that is full for a while.
@KernelTest
class JournalKernelTest {

    @TempDir Path disk;

    @BeforeEach
    void mount() throws Exception {
        run("mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", disk.toString());
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", disk.toString());
    }

    @Test
    void what_a_full_disk_refused_is_written_once_there_is_room() throws Exception {
        Path filler = disk.resolve("filler");
        int refused = 0;
        try (Journal journal = open()) {
            fill(filler);
            for (int i = 0; i < 60; i++) {
                refused += put(journal, "d" + i) ? 0 : 1;
            }
            Files.delete(filler);
            assertThat(put(journal, "last")).isTrue();
        }

        assertThat(refused).isPositive();
        try (Journal journal = open()) {
            assertThat(journal.remembered(0, 0).denies()).hasSize(61);
        }
    }

    private static boolean put(Journal journal, String id) {
        try {
            journal.put(
                    new Deny(
                            id,
                            Duration.ofMinutes(1),
                            List.of(new Subject.Cgroup("/a")),
                            Direction.BOTH,
                            List.of(),
                            List.of()),
                    1_000_000_000L,
                    0);
            return true;
        } catch (UncheckedIOException full) {
            return false;
        }
    }

    private static void fill(Path filler) throws IOException {
        try (var out = Files.newOutputStream(filler)) {
            for (int page = 0; page < 64; page++) {
                out.write(new byte[4_096]);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space");
        }
    }

    private Journal open() {
        return Journal.open(new Frames().json(), disk.resolve("denies.journal"), "boot-1");
    }

    private static void run(String... command) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }
}
