package dev.firebreak.hostagent.kernel;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;

/// The clock that the kernel program reads: nanoseconds since boot, suspend included, whatever the
/// wall clock does. A time namespace shows processes a shifted boot clock; the shift is taken out
/// again.
final class BootClock {

    private static final int CLOCK_BOOTTIME = 7;
    private static final long SECOND = 1_000_000_000L;
    private static final long SHIFT = shift();
    private static final ThreadLocal<MemorySegment> TIMESPEC =
            ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(16, 8));

    private BootClock() {}

    static long nanos() {
        MemorySegment time = TIMESPEC.get();
        if (Libc.clock(CLOCK_BOOTTIME, time) < 0) {
            throw new IllegalStateException("the boot clock cannot be read");
        }
        return time.get(JAVA_LONG, 0) * SECOND + time.get(JAVA_LONG, 8) - SHIFT;
    }

    static String bootId() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long shift() {
        Path offsets = Path.of("/proc/self/timens_offsets");
        if (!Files.exists(offsets)) {
            return 0;
        }
        try {
            for (String line : Files.readAllLines(offsets)) {
                String[] words = line.strip().split("\\s+", -1);
                // Linux 5.5 wrote clock numbers, later ones write names.
                if (words[0].equals("boottime") || words[0].equals("7")) {
                    return Long.parseLong(words[1]) * SECOND + Long.parseLong(words[2]);
                }
            }
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
