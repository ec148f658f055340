package dev.firebreak.hostagent;

import dev.firebreak.hostagent.channel.Admission;
import dev.firebreak.hostagent.channel.Enrolment;
import dev.firebreak.hostagent.channel.Identity;
import dev.firebreak.hostagent.channel.Token;
import dev.firebreak.hostagent.deny.Law;
import dev.firebreak.hostagent.deny.Malformed;
import dev.firebreak.hostagent.deny.NeverDeny;
import dev.firebreak.hostagent.kernel.HostFacts;
import dev.firebreak.hostagent.kernel.Placement;
import dev.firebreak.hostagent.kernel.Unsupported;
import dev.firebreak.hostagent.protocol.Frames;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `firebreak agent`: from options to a running agent, or to the reason why not.
@Command(
        name = "agent",
        mixinStandardHelpOptions = true,
        version = Capabilities.VERSION,
        sortOptions = false,
        description = {
            "Holds timed denies in this machine's kernel for a Firebreak service.",
            "The first start needs a one-time token; later ones know who they are.",
            "Denies hold and end on time without this process. Stopping it removes none."
        })
public final class AgentMain implements Callable<Integer> {

    private static final int FAILED = 1;
    private static final int NOT_PERMITTED = 4;
    private static final int BROKEN = 70;
    private static final Duration CLOSING = Duration.ofSeconds(5);

    @Option(
            names = "--service",
            paramLabel = "URL",
            description = "The service's agent address, https://host:port.")
    private @Nullable URI service;

    @Option(names = "--token", paramLabel = "T", description = "One-time enrolment token.")
    private @Nullable String token;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "Reads the token from a file; keeps it out of the process list.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--state",
            paramLabel = "DIR",
            defaultValue = "/var/lib/firebreak/agent",
            description = "Key, certificate and state. Default: ${DEFAULT-VALUE}")
    private Path state = Path.of("/var/lib/firebreak/agent");

    @Option(
            names = "--never-deny",
            paramLabel = "FILE",
            description =
                    "Peers this host refuses to cut: one 'ADDRESS[/LEN] [PORT[-PORT]/tcp|udp or icmp]' a line.")
    private @Nullable Path neverDeny;

    @Option(
            names = "--max-ttl",
            paramLabel = "DUR",
            defaultValue = "24h",
            description = "Longest deny this host accepts. Default: ${DEFAULT-VALUE}")
    private String maxTtl = "24h";

    @Option(
            names = "--max-entries",
            paramLabel = "N",
            defaultValue = "100000",
            description = "Most rules this host accepts. Default: ${DEFAULT-VALUE}")
    private int maxEntries = Law.USUAL_MAX_ENTRIES;

    @Option(
            names = "--cgroup-root",
            paramLabel = "DIR",
            description =
                    "Answer for this cgroup and what is below it only. Default: the whole machine.")
    private @Nullable Path cgroupRoot;

    @Option(
            names = "--run-dir",
            paramLabel = "DIR",
            defaultValue = "/run/firebreak",
            description = "Lock and private bpffs. Default: ${DEFAULT-VALUE}")
    private Path runDirectory = Placement.USUAL_RUN_DIRECTORY;

    @Option(
            names = "--check",
            description = "Says what this host can hold, changes nothing, and ends.")
    private boolean check;

    @Option(
            names = "--reapply",
            description =
                    "After a boot: holds again what has time left, and ends. Before workloads start.")
    private boolean reapply;

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    static int run(String... arguments) {
        return new CommandLine(new AgentMain())
                .setExpandAtFiles(false)
                .setExecutionExceptionHandler((e, _, _) -> explain(e))
                .execute(arguments);
    }

    private static int explain(Exception e) throws Exception {
        return switch (e) {
            case Unsupported _ ->
                    say("This host cannot hold denies: " + e.getMessage(), NOT_PERMITTED);
            case Malformed _, IOException _ -> say(String.valueOf(e.getMessage()), FAILED);
            default -> throw e;
        };
    }

    private static int say(String sentence, int code) {
        System.err.println(sentence);
        return code;
    }

    @Override
    public Integer call() throws Exception {
        if (check) {
            return check();
        }
        List<String> obstacles = HostFacts.obstacles();
        if (!obstacles.isEmpty()) {
            System.err.println("This host cannot hold denies: " + String.join("; ", obstacles));
            return NOT_PERMITTED;
        }
        Identity.prepare(state);
        var identity = new Identity(state);
        if (reapply) {
            return reapply(identity);
        }
        URI to = demandService();
        if (!admitted(identity, to)) {
            return FAILED;
        }
        String name = identity.enforcer();
        var stopped = new CountDownLatch(1);
        var closed = new CountDownLatch(1);
        try (var agent = new RunningAgent(placement(name), law(), state, to, AgentMain::broken)) {
            agent.start();
            Log.line("agent holds", "enforcer", name, "kernel", HostFacts.kernel());
            Runtime.getRuntime()
                    .addShutdownHook(Thread.ofPlatform().unstarted(() -> stop(stopped, closed)));
            stopped.await();
        } finally {
            closed.countDown();
        }
        return 0;
    }

    private int reapply(Identity identity) throws IOException, GeneralSecurityException {
        if (!identity.enrolled()) {
            Log.line("nothing to hold again, not enrolled yet", "state", state.toString());
            return 0;
        }
        Law law = service == null ? law() : RunningAgent.withOwnPath(law(), service);
        int held = RunningAgent.reapply(placement(identity.enforcer()), law, state);
        Log.line("held again", "denies", Integer.toString(held));
        return 0;
    }

    /// Waits for what has to be closed, not for the main thread: that one waits for us in turn.
    private static void stop(CountDownLatch stopped, CountDownLatch closed) {
        stopped.countDown();
        try {
            if (!closed.await(CLOSING.toMillis(), TimeUnit.MILLISECONDS)) {
                Log.line("not closed in time; the kernel holds on all the same");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// A fault of ours ends the process; whoever started it starts it again, and the kernel holds
    /// on meanwhile.
    private static void broken(Throwable cause) {
        Log.line("agent broken, ends to be started again", "cause", String.valueOf(cause));
        cause.printStackTrace();
        Runtime.getRuntime().halt(BROKEN);
    }

    private boolean admitted(Identity identity, URI to)
            throws IOException, GeneralSecurityException, InterruptedException {
        var enrolment = new Enrolment(new Frames().json(), to, identity);
        var admission = new Admission(enrolment, identity, InstantSource.system());
        Token given = token(identity);
        if (identity.enrolled() && admission.isNew(given)) {
            // The service may take its time; what was held does not wait for it.
            reapply(identity);
        }
        Optional<String> objection = admission.objection(given);
        if (objection.isPresent()) {
            System.err.println(objection.get());
            System.err.println(
                    "Get a token where the service runs: firebreak enforcers enrol host/"
                            + hostName());
        }
        return objection.isEmpty();
    }

    /// An agent that is enrolled can do without the file that it once enrolled by.
    private @Nullable Token token(Identity identity) throws IOException {
        if (token != null) {
            return Token.parse(token);
        }
        if (tokenFile == null || (identity.enrolled() && !Files.exists(tokenFile))) {
            return null;
        }
        return Token.parse(Files.readString(tokenFile));
    }

    private URI demandService() {
        if (service == null || !"https".equals(service.getScheme()) || service.getHost() == null) {
            throw new Malformed("--service must be the service's agent address, https://host:port");
        }
        return service;
    }

    private Placement placement(String name) {
        Placement whole = Placement.wholeMachine(name).with(runDirectory);
        return cgroupRoot == null ? whole : whole.below(cgroupRoot);
    }

    private Law law() throws IOException {
        List<NeverDeny> list =
                neverDeny == null ? List.of() : NeverDeny.parseAll(Files.readAllLines(neverDeny));
        return new Law(Durations.parse(maxTtl), maxEntries, list);
    }

    private static Integer check() throws IOException {
        System.out.println("kernel      " + HostFacts.kernel());
        List<String> obstacles = HostFacts.obstacles();
        if (!obstacles.isEmpty()) {
            obstacles.forEach(each -> System.out.println("obstacle    " + each));
            return NOT_PERMITTED;
        }
        System.out.println("cgroup2     " + Placement.wholeMachine("check").cgroupMount());
        System.out.println(
                "holds       cgroups and the whole host; ingress, egress; tcp, udp, icmp; IPv4, IPv6; port ranges");
        System.out.println("ends        live TCP and UDP sessions, also in network namespaces");
        Capabilities.cannotHold().forEach(each -> System.out.println("cannot hold " + each));
        return 0;
    }

    private static String hostName() throws IOException {
        return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    }
}
