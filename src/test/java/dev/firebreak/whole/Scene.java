package dev.firebreak.whole;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Two workloads in cgroups A and B, servers for them to call, and a real Firebreak whose local
/// agent answers for those two cgroups and nothing else on this machine.
final class Scene implements AutoCloseable {

    static final String A = "shop/cart";
    static final String B = "shop/search";

    static final Duration SOON = Duration.ofSeconds(30);

    private final String host;
    private final Path top;
    private final Path data;

    /// Servers: `port` on 127.0.0.1 and ::1, `otherPort` on 127.0.0.1.
    final int port;

    final int otherPort;

    /// A server on every address of 127.0.0.0/8.
    final int everywhere;

    final Cell b;
    private Cell a;
    private Instance firebreak;

    /// @param folder the test's own, to live in
    Scene(String name, Path folder) {
        try {
            host = "%s-%d".formatted(name, ProcessHandle.current().pid());
            top = Kernel.cgroup(name);
            data = folder.resolve("data");
            // As root, PostgreSQL runs under an account that must be able to pass through.
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
            port = Echo.serve("127.0.0.1", 0);
            Echo.serve("::1", port);
            otherPort = Echo.serve("127.0.0.1", 0);
            everywhere = Echo.serve("0.0.0.0", 0);
            a = Cell.start(top.resolve("a"));
            b = Cell.start(top.resolve("b"));
            firebreak = start();
            deployA();
            api().deploy(B, host, Kernel.name(top.resolve("b")));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    Cell a() {
        return a;
    }

    /// Where its own agent answers for everything below, and for nothing else.
    Path top() {
        return top;
    }

    Api api() {
        return new Api(firebreak);
    }

    String portOverTcp() {
        return port + "/tcp";
    }

    /// Deploys a workload again, in the cgroup `a` or `b`, now with the label `role=till`.
    void label(String workload, String cgroup) {
        api().deploy(workload, host, Kernel.name(top.resolve(cgroup)), Map.of("role", "till"));
    }

    void deploy(String workload, String cgroup) {
        api().deploy(workload, host, Kernel.name(top.resolve(cgroup)));
    }

    /// Says that a workload with the label `role=till` runs in a cgroup, wherever that is.
    void labelIn(String workload, String cgroup) {
        api().deploy(workload, host, cgroup, Map.of("role", "till"));
    }

    /// What the program `firebreak` prints for these words.
    String terminal(String... words) {
        return Terminal.prints(firebreak, words);
    }

    void deployA() {
        api().deploy(A, host, Kernel.name(top.resolve("a")));
    }

    /// Says that A is gone; its processes go on.
    JsonNode retireA() {
        return api().created(
                        "/api/v1/workloads/" + A + "/retirements",
                        Map.of("reason", "the pipeline moved it"));
    }

    /// A's cgroup is removed and made anew under its name, as when a service is restarted.
    void restartA() {
        a.close();
        a = Cell.start(top.resolve("a"));
    }

    /// What holds the agent's programs in the kernel when nobody else does.
    List<Path> pins() {
        return Kernel.pins(host);
    }

    /// `kill -9` of the service, its PostgreSQL and its agent.
    void killEverything() {
        var descendants = firebreak.process().descendants().toList();
        firebreak.process().destroyForcibly();
        descendants.forEach(ProcessHandle::destroyForcibly);
        firebreak.kill();
        descendants.forEach(each -> each.onExit().join());
    }

    /// On the same data.
    void startAgain() {
        firebreak = start();
    }

    @Override
    public void close() {
        firebreak.close();
        a.close();
        b.close();
        Kernel.forget(host);
        Kernel.remove(top);
    }

    private Instance start() {
        var instance =
                Instance.start(
                        data,
                        Map.of(
                                "FIREBREAK_LOCAL_ENFORCER_NAME",
                                host,
                                "FIREBREAK_LOCAL_ENFORCER_CGROUP_ROOT",
                                top.toString(),
                                "FIREBREAK_LIMITS_ADMIN_SHORTEST",
                                "1s"));
        new Api(instance).awaitEnforcer(host, "connected", SOON);
        return instance;
    }
}
