package dev.firebreak.bench.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// What the machine did while something was measured, and how much of it was not ours.
public final class Load {

    /// More foreign work than this many processors, and a ratio is not to be judged by.
    public static final double CONTENDED_ABOVE = 0.3;

    private static final double TICKS_A_SECOND = 100;
    private static final Path PROC = Path.of("/proc");

    private final long began = System.nanoTime();
    private final double busyBefore;
    private final double oursBefore;

    private Load(double busy, double ours) {
        this.busyBefore = busy;
        this.oursBefore = ours;
    }

    /// Average length of the run queue over the last minute, and processors that others kept busy.
    public record Seen(double average, double foreign) {

        public boolean contended() {
            return foreign > CONTENDED_ABOVE;
        }

        public String text() {
            return contended()
                    ? "%.1f contended (%.1f foreign)".formatted(average, foreign)
                    : "%.1f (%.1f foreign)".formatted(average, foreign);
        }
    }

    public static Load begin() {
        return new Load(busySeconds(), ourSeconds());
    }

    public Seen end() {
        var wall = (System.nanoTime() - began) / 1e9;
        var busy = busySeconds() - busyBefore;
        var ours = ourSeconds() - oursBefore;
        return new Seen(average(), wall <= 0 ? 0 : Math.max(0, (busy - ours) / wall));
    }

    public static double average() {
        return isLinux() ? Double.parseDouble(read(PROC.resolve("loadavg")).split(" ", 2)[0]) : -1;
    }

    /// Seconds in which a processor of this machine did something for somebody.
    private static double busySeconds() {
        if (!isLinux()) {
            return 0;
        }
        var fields = read(PROC.resolve("stat")).lines().findFirst().orElse("").split(" +", -1);
        // cpu user nice system idle iowait irq softirq steal; stolen time is somebody's work too
        var busy =
                number(fields, 1)
                        + number(fields, 2)
                        + number(fields, 3)
                        + number(fields, 6)
                        + number(fields, 7)
                        + number(fields, 8);
        return busy / TICKS_A_SECOND;
    }

    /// The same for this process and all below it, also those that have ended.
    private static double ourSeconds() {
        if (!isLinux()) {
            return 0;
        }
        var self = ProcessHandle.current();
        return Stream.concat(Stream.of(self), self.descendants())
                .mapToDouble(process -> seconds(process.pid()))
                .sum();
    }

    private static double seconds(long pid) {
        try {
            return Ticks.of(Files.readString(PROC.resolve(pid + "/stat"))) / TICKS_A_SECOND;
        } catch (IOException _) {
            return 0; // it has ended since; its parent has its ticks
        }
    }

    private static double number(String[] fields, int index) {
        return Double.parseDouble(fields[index]);
    }

    private static boolean isLinux() {
        return Files.exists(PROC.resolve("loadavg"));
    }

    private static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /// The processor time in a line of `/proc/<pid>/stat`.
    static final class Ticks {

        private static final int AFTER_NAME_UTIME = 11;

        private Ticks() {}

        /// Its own and that of its children that have ended. A name may hold spaces and brackets.
        static long of(String stat) {
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            var sum = 0L;
            for (var i = AFTER_NAME_UTIME; i < AFTER_NAME_UTIME + 4; i++) {
                sum += Long.parseLong(fields[i]);
            }
            return sum;
        }
    }
}
