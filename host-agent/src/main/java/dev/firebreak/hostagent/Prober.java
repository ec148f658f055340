package dev.firebreak.hostagent;

import dev.firebreak.hostagent.deny.Deny;
import dev.firebreak.hostagent.deny.NeverDeny;
import dev.firebreak.hostagent.deny.PortRange;
import dev.firebreak.hostagent.deny.Prefix;
import dev.firebreak.hostagent.deny.Protocol;
import dev.firebreak.hostagent.deny.Session;
import dev.firebreak.hostagent.deny.Subject;
import dev.firebreak.hostagent.deny.View;
import dev.firebreak.hostagent.kernel.KernelEnforcer;
import dev.firebreak.hostagent.kernel.Placement;
import dev.firebreak.hostagent.protocol.FromAgent.Probe;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Asks the kernel for its verdict: a helper process enters `<subject>/firebreak-probe` and tries
/// what a deny forbids; what it is refused there is nobody's traffic. Only new outgoing calls can
/// be tried so; that arriving packets are dropped is read back, not probed.
final class Prober implements AutoCloseable {

    static final String CGROUP = "firebreak-probe";
    private static final int PROBE_PORT = 9;
    private static final long IDLE_NANOS = 30_000_000_000L;

    /// A helper that starts on a busy machine takes a second; one in a frozen cgroup takes for
    /// ever.
    private static final long ANSWER_WITHIN_NANOS = 5_000_000_000L;

    private static final long LOOK_EVERY_NANOS = 200_000L;
    private static final int DELETE_ATTEMPTS = 100;
    private static final long DELETE_EVERY_NANOS = 5_000_000L;

    private final KernelEnforcer kernel;
    private final Placement placement;
    private final List<NeverDeny> neverDeny;
    private @Nullable Process helper;
    private long lastUsed;

    record Verdict(Probe probe, String detail) {}

    /// The helper lives but does not answer.
    private static final class Silence extends IOException {
        @java.io.Serial private static final long serialVersionUID = 1L;

        Silence() {
            super("no answer within 5 s; is the cgroup frozen?");
        }
    }

    Prober(KernelEnforcer kernel, List<NeverDeny> neverDeny) {
        this.kernel = kernel;
        this.placement = kernel.placement();
        this.neverDeny = List.copyOf(neverDeny);
    }

    Verdict probe(Deny deny) {
        return probe(deny, new HashSet<>());
    }

    /// Leaves out the subjects that gave no answer before in this round, and notes those that give
    /// none now: each of their denies would cost the same wait.
    synchronized Verdict probe(Deny deny, Set<Subject> silent) {
        lastUsed = System.nanoTime();
        if (!deny.direction().views().contains(View.OPENED)) {
            return new Verdict(
                    Probe.NOT_POSSIBLE,
                    "only outgoing calls can be probed; the rules for incoming packets were read back");
        }
        Optional<String> attempt = attempt(deny);
        if (attempt.isEmpty()) {
            return new Verdict(
                    Probe.NOT_POSSIBLE,
                    "nothing to try: ICMP alone, or every address of it is on the never-deny list");
        }
        List<Subject> present =
                deny.subjects().stream()
                        .filter(each -> Files.isDirectory(placement.directory(each)))
                        .toList();
        if (present.isEmpty()) {
            return new Verdict(
                    Probe.NOT_POSSIBLE, "no cgroup " + deny.subjects().getFirst().name() + " now");
        }
        try {
            List<Verdict> verdicts = new ArrayList<>();
            for (Subject subject : present) {
                verdicts.add(tryFrom(subject, attempt.get(), silent));
            }
            return worst(verdicts);
        } catch (IOException e) {
            stop();
            return new Verdict(Probe.NOT_POSSIBLE, "the probe failed: " + e.getMessage());
        }
    }

    private static Verdict worst(List<Verdict> verdicts) {
        for (Probe bad : List.of(Probe.ALLOWED, Probe.NOT_POSSIBLE)) {
            for (Verdict verdict : verdicts) {
                if (verdict.probe() == bad) {
                    return verdict;
                }
            }
        }
        return verdicts.getFirst();
    }

    /// `tcp 203.0.113.1 443`: the first thing the deny forbids and no lifeline allows.
    private Optional<String> attempt(Deny deny) {
        for (PortRange range : deny.ports()) {
            if (range.protocol() == Protocol.ICMP) {
                continue;
            }
            Protocol protocol = range.protocol() == Protocol.ANY ? Protocol.TCP : range.protocol();
            int port = range.everyPort() ? PROBE_PORT : range.from();
            for (Prefix peer : deny.peers()) {
                Prefix target =
                        peer.equals(Prefix.EVERYONE)
                                ? Prefix.parse("192.0.2.1")
                                : Prefix.of(peer.representative());
                var session = new Session(protocol, target, 0, port, Optional.of(View.OPENED));
                if (neverDeny.stream().noneMatch(l -> l.carries(session))) {
                    return Optional.of(
                            protocol.name().toLowerCase(Locale.ROOT) + " " + target + " " + port);
                }
            }
        }
        return Optional.empty();
    }

    private Verdict tryFrom(Subject subject, String attempt, Set<Subject> silent)
            throws IOException {
        if (silent.contains(subject)) {
            return new Verdict(
                    Probe.NOT_POSSIBLE,
                    "not tried: another probe from "
                            + subject.path()
                            + " got no answer just now; is the cgroup frozen?");
        }
        Path directory = placement.directory(subject);
        Process process = helper();
        Path home = placement.cgroupMount().resolve(ownCgroup());
        Path cell = directory.resolve(CGROUP);
        if (!Files.isDirectory(cell)) {
            // Never its parents: a probe makes nobody's cgroup come back.
            Files.createDirectory(cell);
        }
        try {
            kernel.probeEnters(cell);
            move(process, cell);
            return read(ask(process, attempt), attempt);
        } catch (Silence e) {
            silent.add(subject);
            // It would try once it thaws, from wherever it is then.
            stop();
            throw e;
        } finally {
            leave(process, home, cell);
            kernel.probeLeft();
        }
    }

    /// Nothing that goes wrong here hides why the probe itself failed.
    private void leave(Process process, Path home, Path cell) {
        try {
            if (helper != null && process.isAlive()) {
                move(process, home);
            }
        } catch (IOException e) {
            Log.line("probe helper does not leave, it is ended", "cause", e.toString());
            stop();
        } finally {
            delete(cell);
        }
    }

    /// A cgroup can be removed once the kernel has let go of its last process.
    private static void delete(Path cell) {
        for (int attempt = 0; attempt < DELETE_ATTEMPTS; attempt++) {
            try {
                Files.deleteIfExists(cell);
                return;
            } catch (IOException busy) {
                LockSupport.parkNanos(DELETE_EVERY_NANOS);
            }
        }
        Log.line("probe cgroup not removed, the next probe will", "cgroup", cell.toString());
    }

    private static Verdict read(String answer, String attempt) {
        return switch (answer) {
            case "denied" -> new Verdict(Probe.DENIED, attempt + ": EPERM at once");
            case "allowed" -> new Verdict(Probe.ALLOWED, attempt + " was not refused");
            default -> new Verdict(Probe.NOT_POSSIBLE, attempt + ": " + answer);
        };
    }

    private static String ask(Process process, String attempt) throws IOException {
        Writer out = process.outputWriter(StandardCharsets.UTF_8);
        out.write(attempt + "\n");
        out.flush();
        BufferedReader in = process.inputReader(StandardCharsets.UTF_8);
        long deadline = System.nanoTime() + ANSWER_WITHIN_NANOS;
        while (!in.ready()) {
            if (!process.isAlive()) {
                throw new IOException("the helper ended");
            }
            if (System.nanoTime() > deadline) {
                throw new Silence();
            }
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
        String answer = in.readLine();
        if (answer == null) {
            throw new IOException("the helper ended");
        }
        return answer;
    }

    private static void move(Process process, Path cgroup) throws IOException {
        Files.writeString(cgroup.resolve("cgroup.procs"), Long.toString(process.pid()));
    }

    private static String ownCgroup() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/cgroup")).stream()
                .filter(line -> line.startsWith("0::/"))
                .map(line -> line.substring("0::/".length()))
                .findFirst()
                .orElse("");
    }

    private Process helper() throws IOException {
        if (helper != null && helper.isAlive()) {
            return helper;
        }
        helper =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx8m",
                                "-Xss256k",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-XX:-UsePerfData",
                                "-cp",
                                System.getProperty("java.class.path"),
                                ProbeMain.class.getName())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        return helper;
    }

    /// Ends a helper that nobody needed for a while.
    synchronized void restWhenIdle() {
        if (System.nanoTime() - lastUsed > IDLE_NANOS) {
            stop();
        }
    }

    private void stop() {
        if (helper != null) {
            helper.destroyForcibly();
            helper = null;
        }
    }

    @Override
    public synchronized void close() {
        stop();
    }
}
