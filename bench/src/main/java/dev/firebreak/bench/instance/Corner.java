package dev.firebreak.bench.instance;

import dev.firebreak.hostagent.kernel.HostFacts;
import dev.firebreak.hostagent.kernel.KernelEnforcer;
import dev.firebreak.hostagent.kernel.Placement;
import dev.firebreak.hostagent.kernel.Unsupported;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// A corner of this machine's cgroup tree that nobody else is in, for an enforcer of its own.
///
/// @param host what the local enforcer is called there
/// @param obstacles why nothing can be enforced here; empty when it can
public record Corner(String host, List<String> obstacles, Optional<Placement> placement) {

    private static final Duration LET_GO_WITHIN = Duration.ofSeconds(10);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    /// The kernel part needs root and a recent Linux; the rest plays anywhere.
    public static Corner of(String host, Undo undo) throws IOException {
        var obstacles = HostFacts.obstacles();
        if (!obstacles.isEmpty()) {
            return new Corner(host, obstacles, Optional.empty());
        }
        var whole = Placement.wholeMachine("host/" + host);
        var root = whole.cgroupMount().resolve(host);
        Files.createDirectories(root);
        undo.add(() -> remove(root));
        return new Corner(host, List.of(), Optional.of(whole.below(root)));
    }

    public boolean hasKernel() {
        return placement.isPresent();
    }

    /// The cgroup of one workload, as it is deployed.
    public String cgroup(String name) {
        return "/" + host + "/" + name;
    }

    public Path directory(String name) {
        return placement.orElseThrow().cgroupRoot().resolve(name);
    }

    /// Takes our programs and maps out of the kernel, once no agent holds them.
    public void sweepKernel() {
        placement.ifPresent(Corner::sweep);
    }

    /// What the service is told, so that its own agent keeps to this corner.
    public Map<String, String> environment() {
        return placement
                .map(place ->
                        Map.of(
                                "FIREBREAK_LOCAL_ENFORCER_NAME",
                                host,
                                "FIREBREAK_LOCAL_ENFORCER_CGROUP_ROOT",
                                place.cgroupRoot().toString()))
                .orElseGet(Map::of);
    }

    private static void sweep(Placement placement) {
        var deadline = System.nanoTime() + LET_GO_WITHIN.toNanos();
        while (true) {
            try {
                KernelEnforcer.open(placement).remove();
                return;
            } catch (Unsupported held) {
                if (System.nanoTime() > deadline) {
                    throw held;
                }
                LockSupport.parkNanos(LOOK_EVERY.toNanos());
            }
        }
    }

    /// With every cgroup below, also those that an agent made for its probes and was killed in.
    private static void remove(Path root) {
        var deadline = System.nanoTime() + LET_GO_WITHIN.toNanos();
        while (Files.exists(root)) {
            try (var all = Files.walk(root)) {
                for (var each :
                        all.filter(Files::isDirectory).sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(each);
                }
            } catch (IOException busy) {
                if (System.nanoTime() > deadline) {
                    throw new UncheckedIOException(busy);
                }
                LockSupport.parkNanos(LOOK_EVERY.toNanos());
            }
        }
    }
}
