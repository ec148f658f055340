package dev.firebreak.bench.demo;

import dev.firebreak.bench.instance.Undo;
import dev.firebreak.hostagent.kernel.HostFacts;
import dev.firebreak.hostagent.kernel.KernelEnforcer;
import dev.firebreak.hostagent.kernel.Placement;
import dev.firebreak.hostagent.kernel.Unsupported;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// Where on this machine the demo plays: a corner of the cgroup tree that nobody else is in.
record Stage(List<String> obstacles, Optional<Placement> placement) {

    static final String HOST = "firebreak-demo";

    private static final Duration LET_GO_WITHIN = Duration.ofSeconds(10);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    /// The kernel part needs root and a recent Linux; the rest plays anywhere.
    static Stage set(Undo undo) throws IOException {
        var obstacles = HostFacts.obstacles();
        if (!obstacles.isEmpty()) {
            return new Stage(obstacles, Optional.empty());
        }
        var whole = Placement.wholeMachine("host/" + HOST);
        var root = whole.cgroupMount().resolve(HOST);
        Files.createDirectories(root);
        undo.add(() -> remove(root));
        return new Stage(List.of(), Optional.of(whole.below(root)));
    }

    boolean hasKernel() {
        return placement.isPresent();
    }

    /// The cgroup of one workload, as it is deployed.
    static String cgroup(String name) {
        return "/" + HOST + "/" + name;
    }

    Path directory(String name) {
        return placement.orElseThrow().cgroupRoot().resolve(name);
    }

    /// Takes our programs and maps out of the kernel, once no agent holds them.
    void sweepKernel() {
        placement.ifPresent(Stage::sweep);
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

    private static void remove(Path cgroup) {
        try {
            Files.deleteIfExists(cgroup);
        } catch (IOException busy) {
            throw new java.io.UncheckedIOException(busy);
        }
    }
}
