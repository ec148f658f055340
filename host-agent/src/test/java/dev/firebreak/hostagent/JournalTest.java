package dev.firebreak.hostagent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.firebreak.hostagent.deny.Deny;
import dev.firebreak.hostagent.deny.Direction;
import dev.firebreak.hostagent.deny.Subject;
import dev.firebreak.hostagent.kernel.Remembered;
import dev.firebreak.hostagent.protocol.Frames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

    private static final long SECOND = 1_000_000_000L;

    @TempDir Path directory;

    private final JsonMapper json = new Frames().json();

    @Test
    void within_one_boot_the_boot_clock_counts_whatever_the_wall_clock_says() {
        try (Journal journal = open("boot-1")) {
            journal.put(deny("d", 60), 100 * SECOND, 1_000_000);
        }

        Remembered remembered = open("boot-1").remembered(50 * SECOND, 999_000_000);

        assertThat(remembered.denies())
                .singleElement()
                .extracting(Remembered.Until::expiry)
                .isEqualTo(100 * SECOND);
    }

    @Test
    void after_a_reboot_what_the_wall_clock_saw_go_by_is_taken_off() {
        try (Journal journal = open("boot-1")) {
            journal.put(deny("d", 60), 100 * SECOND, 1_000_000);
        }

        Remembered remembered = open("boot-2").remembered(5 * SECOND, 1_020_000);

        assertThat(remembered.denies())
                .singleElement()
                .extracting(Remembered.Until::expiry)
                .isEqualTo(45 * SECOND);
    }

    @Test
    void a_wall_clock_that_went_back_over_a_reboot_ends_nothing_early() {
        try (Journal journal = open("boot-1")) {
            journal.put(deny("d", 60), 100 * SECOND, 1_000_000);
        }

        Remembered remembered = open("boot-2").remembered(5 * SECOND, 10);

        assertThat(remembered.denies())
                .singleElement()
                .extracting(Remembered.Until::expiry)
                .isEqualTo(65 * SECOND);
    }

    @Test
    void what_lapsed_meanwhile_is_not_brought_back() {
        try (Journal journal = open("boot-1")) {
            journal.put(deny("d", 60), 100 * SECOND, 1_000_000);
        }

        assertThat(open("boot-2").remembered(5 * SECOND, 1_060_000).denies()).isEmpty();
    }

    @Test
    void drops_and_the_fence_are_remembered() {
        try (Journal journal = open("boot-1")) {
            journal.put(deny("d", 60), 100 * SECOND, 0);
            journal.put(deny("e", 60), 100 * SECOND, 0);
            journal.fence(42);
            journal.drop("d");
        }

        Remembered remembered = open("boot-1").remembered(0, 0);

        assertThat(remembered.denies()).extracting(each -> each.deny().id()).containsExactly("e");
        assertThat(remembered.dropped()).containsExactly("d");
        assertThat(remembered.generation()).isEqualTo(42);
    }

    @Test
    void a_torn_or_altered_tail_is_cut_off() throws IOException {
        try (Journal journal = open("boot-1")) {
            journal.put(deny("d", 60), 100 * SECOND, 0);
            journal.put(deny("e", 60), 100 * SECOND, 0);
        }
        List<String> lines = Files.readAllLines(file());
        String last = lines.getLast();
        lines.set(lines.size() - 1, last.substring(0, last.length() - 5));
        Files.write(file(), lines);

        assertThat(open("boot-1").remembered(0, 0).denies())
                .extracting(each -> each.deny().id())
                .containsExactly("d");
    }

    @Test
    void a_damaged_line_in_the_middle_hides_none_behind_it() throws IOException {
        try (Journal journal = open("boot-1")) {
            journal.put(deny("d", 60), 100 * SECOND, 0);
            journal.put(deny("e", 60), 100 * SECOND, 0);
            journal.put(deny("f", 60), 100 * SECOND, 0);
        }
        byte[] bytes = Files.readAllBytes(file());
        int inTheMiddle = new String(bytes, StandardCharsets.UTF_8).indexOf("\"e\"") + 1;
        bytes[inTheMiddle] = (byte) 0xff;
        Files.write(file(), bytes);

        assertThat(open("boot-1").remembered(0, 0).denies())
                .extracting(each -> each.deny().id())
                .containsExactly("d", "f");
    }

    @Test
    void a_compaction_that_fails_stops_nothing_and_loses_nothing() throws IOException {
        Path obstacle = directory.resolve("denies.journal.new").resolve("obstacle");
        try (Journal journal = open("boot-1")) {
            Files.createDirectories(obstacle);
            for (int i = 0; i < 10_000; i++) {
                journal.put(deny("d" + i % 10, 60), 100 * SECOND, 0);
            }
            journal.force();
        }

        try (Journal journal = open("boot-1")) {
            assertThat(journal.remembered(0, 0).denies()).hasSize(10);
            journal.put(deny("after", 60), 100 * SECOND, 0);
        }
        Files.delete(obstacle);
        Files.delete(obstacle.getParent());
        assertThat(open("boot-1").remembered(0, 0).denies()).hasSize(11);
    }

    @Test
    void syncing_while_it_is_compacted_breaks_nothing() throws Exception {
        try (Journal journal = open("boot-1")) {
            var done = new AtomicBoolean();
            var syncing =
                    CompletableFuture.runAsync(() -> {
                        while (!done.get()) {
                            journal.force();
                        }
                    });
            for (int i = 0; i < 50_000; i++) {
                journal.put(deny("d" + i % 10, 60), 100 * SECOND, 0);
            }
            done.set(true);

            assertThat(syncing).succeedsWithin(Duration.ofSeconds(20));
        }
    }

    @Test
    void it_stays_small_and_belongs_to_its_owner_alone() throws IOException {
        try (Journal journal = open("boot-1")) {
            for (int i = 0; i < 20_000; i++) {
                journal.put(deny("d" + i % 10, 60), 100 * SECOND, 0);
            }
        }

        assertThat(Files.readAllLines(file()).size()).isLessThan(5_000);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    private Journal open(String bootId) {
        return Journal.open(json, file(), bootId);
    }

    private Path file() {
        return directory.resolve("denies.journal");
    }

    private static Deny deny(String id, int seconds) {
        return new Deny(
                id,
                Duration.ofSeconds(seconds),
                List.of(new Subject.Cgroup("/a")),
                Direction.BOTH,
                List.of(),
                List.of());
    }
}
