package dev.firebreak.hostagent.kernel;

import dev.firebreak.hostagent.deny.Deny;
import dev.firebreak.hostagent.deny.NeverDeny;
import dev.firebreak.hostagent.deny.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Ends live sessions (SOCK_DESTROY) in every network namespace that a subject's processes live in.
/// A deny alone only stalls a session: it would resume when the deny lapses.
public final class Sessions {

    /// What was ended, and what is still there after listing again.
    public record Ended(int destroyed, int surviving) {
        Ended plus(Ended other) {
            return new Ended(destroyed + other.destroyed, surviving + other.surviving);
        }
    }

    private static final int CLONE_NEWNET = 0x40000000;
    private static final int O_RDONLY = 0;
    private static final int MOST_NAMESPACES = 4_096;
    private static final int ROUNDS = 3;

    private final Placement placement;
    private final Cgroups cgroups;
    private final List<NeverDeny> neverDeny;

    Sessions(Placement placement, Cgroups cgroups, List<NeverDeny> neverDeny) {
        this.placement = placement;
        this.cgroups = cgroups;
        this.neverDeny = List.copyOf(neverDeny);
    }

    Ended end(Deny deny) {
        Set<Long> ids = new HashSet<>();
        Map<String, Path> namespaces = new HashMap<>();
        remember(Path.of("/proc/self/ns/net"), namespaces);
        for (Subject subject : deny.subjects()) {
            ids.addAll(cgroups.subtree(directory(subject)));
            cgroups.processes(directory(subject))
                    .forEach(pid -> remember(Path.of("/proc/" + pid + "/ns/net"), namespaces));
        }
        Ended all = new Ended(0, 0);
        for (Path namespace : namespaces.values()) {
            all = all.plus(endIn(namespace, deny, ids));
        }
        return all;
    }

    private Path directory(Subject subject) {
        return switch (subject) {
            case Subject.Host _ -> placement.cgroupRoot();
            case Subject.Cgroup _ -> cgroups.directory(subject);
        };
    }

    private static void remember(Path namespace, Map<String, Path> namespaces) {
        if (namespaces.size() >= MOST_NAMESPACES) {
            return;
        }
        try {
            namespaces.putIfAbsent(Files.readSymbolicLink(namespace).toString(), namespace);
        } catch (IOException e) {
            // The process ended meanwhile, and its sockets with it.
            return;
        }
    }

    /// On a thread of its own, which never comes back from the namespace it entered.
    private Ended endIn(Path namespace, Deny deny, Set<Long> ids) {
        List<Ended> result = new ArrayList<>();
        List<RuntimeException> failed = new ArrayList<>();
        Thread thread =
                Thread.ofPlatform()
                        .name("sessions")
                        .start(() -> {
                            try {
                                result.add(enterAndEnd(namespace, deny, ids));
                            } catch (RuntimeException e) {
                                failed.add(e);
                            }
                        });
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while ending sessions", e);
        }
        if (!failed.isEmpty()) {
            throw failed.getFirst();
        }
        return result.getFirst();
    }

    private Ended enterAndEnd(Path namespace, Deny deny, Set<Long> ids) {
        int descriptor = Libc.open(namespace.toString(), O_RDONLY);
        if (descriptor == -Libc.ENOENT) {
            return new Ended(0, 0);
        }
        int entered = descriptor < 0 ? descriptor : Libc.setns(descriptor, CLONE_NEWNET);
        if (descriptor >= 0) {
            Libc.close(descriptor);
        }
        if (entered < 0) {
            throw new BpfFailure("entering network namespace " + namespace, -entered);
        }
        int destroyed = 0;
        try (var diag = new SocketDiag()) {
            Collection<SocketDiag.Socket> doomed = doomed(diag, deny, ids);
            for (int round = 0; round < ROUNDS && !doomed.isEmpty(); round++) {
                for (SocketDiag.Socket socket : doomed) {
                    destroyed += diag.destroy(socket) ? 1 : 0;
                }
                doomed = doomed(diag, deny, ids);
            }
            return new Ended(destroyed, doomed.size());
        }
    }

    private List<SocketDiag.Socket> doomed(SocketDiag diag, Deny deny, Set<Long> ids) {
        return diag.sessions().stream()
                .filter(s -> ids.contains(s.cgroup()))
                .filter(s -> deny.covers(s.session()))
                .filter(s -> neverDeny.stream().noneMatch(l -> l.carries(s.session())))
                .toList();
    }
}
