package dev.firebreak.hostagent.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The network namespaces that some processes live in, this one included.
final class NetworkNamespaces {

    private static final int CLONE_NEWNET = 0x40000000;
    private static final int O_RDONLY = 0;
    private static final int MOST = 4_096;

    private final Map<String, Path> byIdentity = new HashMap<>();

    NetworkNamespaces() {
        add(Path.of("/proc/self/ns/net"));
    }

    void add(int process) {
        add(Path.of("/proc/" + process + "/ns/net"));
    }

    private void add(Path namespace) {
        if (byIdentity.size() >= MOST) {
            return;
        }
        try {
            byIdentity.putIfAbsent(Files.readSymbolicLink(namespace).toString(), namespace);
        } catch (IOException e) {
            // The process ended meanwhile, and its sockets with it.
            return;
        }
    }

    /// Does the same in each, on threads that never come back from the namespace they entered. What
    /// fails in one is answered by its failure and leaves the others their turn.
    <T> List<T> inEach(Supplier<T> work, Function<BpfFailure, T> failed) {
        List<T> results = new ArrayList<>();
        for (Path namespace : byIdentity.values()) {
            inside(namespace, work, failed).ifPresent(results::add);
        }
        return results;
    }

    private static final class Result<T> {
        @Nullable T value;
        @Nullable RuntimeException failure;
    }

    private static <T> Optional<T> inside(
            Path namespace, Supplier<T> work, Function<BpfFailure, T> failed) {
        var result = new Result<T>();
        Thread thread =
                Thread.ofPlatform()
                        .name("in-namespace")
                        .start(() -> {
                            try {
                                result.value = enter(namespace) ? work.get() : null;
                            } catch (RuntimeException e) {
                                result.failure = e;
                            }
                        });
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in " + namespace, e);
        }
        if (result.failure instanceof BpfFailure failure) {
            return Optional.of(failed.apply(failure));
        }
        if (result.failure != null) {
            throw result.failure;
        }
        return Optional.ofNullable(result.value);
    }

    /// False when the namespace's process has ended.
    private static boolean enter(Path namespace) {
        int descriptor = Libc.open(namespace.toString(), O_RDONLY);
        if (descriptor == -Libc.ENOENT) {
            return false;
        }
        int entered = descriptor < 0 ? descriptor : Libc.setns(descriptor, CLONE_NEWNET);
        if (descriptor >= 0) {
            Libc.close(descriptor);
        }
        if (entered < 0) {
            throw new BpfFailure("entering network namespace " + namespace, -entered);
        }
        return true;
    }
}
