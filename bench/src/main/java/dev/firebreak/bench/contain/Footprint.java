package dev.firebreak.bench.contain;

import dev.firebreak.bench.instance.Service;
import dev.firebreak.bench.measure.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// How much memory the processes take, and how long they take to start.
final class Footprint {

    private static final Duration CONNECTED_WITHIN = Duration.ofMinutes(1);
    private static final Duration LOOK_EVERY = Duration.ofMillis(5);
    private static final String AGENT = "host-agent.jar";

    private Footprint() {}

    static void tell(Report report, Service service, long readyNanos)
            throws IOException, InterruptedException {
        var agent = awaitAgent(service);
        report.note(
                "service: ready %.1f s after its start, the first start of its directory; %d MB resident"
                        .formatted(readyNanos / 1e9, residentMegabytes(service.pid())));
        report.note(
                "agent: connected %.1f s after its start; %d MB resident"
                        .formatted(agent.seconds(), residentMegabytes(agent.pid())));
    }

    private record Agent(long pid, double seconds) {}

    private static Agent awaitAgent(Service service) throws IOException, InterruptedException {
        var rest = service.rest();
        var deadline = System.nanoTime() + CONNECTED_WITHIN.toNanos();
        while (System.nanoTime() < deadline) {
            var connected = rest.get("/api/v1/enforcers").body().contains("\"connected\"");
            var agent = service.all().stream().filter(Footprint::isAgent).findFirst();
            if (connected && agent.isPresent()) {
                return new Agent(agent.get().pid(), age(agent.get().pid()));
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
        throw new IllegalStateException("the local agent did not connect");
    }

    private static boolean isAgent(ProcessHandle process) {
        return process.info().commandLine().filter(line -> line.contains(AGENT)).isPresent();
    }

    /// Seconds since a process was started, as the kernel counts them since boot.
    private static double age(long pid) throws IOException {
        var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        var started = Long.parseLong(fields[19]) / 100.0;
        var uptime = Double.parseDouble(Files.readString(Path.of("/proc/uptime")).split(" ", 2)[0]);
        return uptime - started;
    }

    private static long residentMegabytes(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .map(line -> line.replaceAll("[^0-9]", ""))
                        .mapToLong(Long::parseLong)
                        .findFirst()
                        .orElse(0)
                / 1024;
    }
}
