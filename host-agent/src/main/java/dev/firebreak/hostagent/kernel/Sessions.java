package dev.firebreak.hostagent.kernel;

import dev.firebreak.hostagent.Log;
import dev.firebreak.hostagent.deny.Deny;
import dev.firebreak.hostagent.deny.NeverDeny;
import dev.firebreak.hostagent.deny.Subject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Ends live sessions (SOCK_DESTROY) in every network namespace that a subject's processes live in.
/// A deny alone only stalls a session: it would resume when the deny lapses.
public final class Sessions {

    /// What was ended, and what is still there after listing again. `unlisted` says where nothing
    /// could be looked at, and why.
    public record Ended(int destroyed, int surviving, List<String> unlisted) {
        public static final Ended NONE = new Ended(0, 0);

        public Ended {
            unlisted = List.copyOf(unlisted);
        }

        Ended(int destroyed, int surviving) {
            this(destroyed, surviving, List.of());
        }

        Ended plus(Ended other) {
            return new Ended(
                    destroyed + other.destroyed,
                    surviving + other.surviving,
                    Stream.concat(unlisted.stream(), other.unlisted.stream()).toList());
        }
    }

    /// A deny and the cgroups that it reaches now.
    private record Reach(Deny deny, Set<Long> cgroups) {
        boolean covers(SocketDiag.Socket socket) {
            return cgroups.contains(socket.cgroup()) && deny.covers(socket.session());
        }
    }

    private static final int ROUNDS = 3;

    private final Placement placement;
    private final List<NeverDeny> neverDeny;
    private final Supplier<SocketDiag> diags;

    Sessions(Placement placement, List<NeverDeny> neverDeny) {
        this(placement, neverDeny, SocketDiag::new);
    }

    Sessions(Placement placement, List<NeverDeny> neverDeny, Supplier<SocketDiag> diags) {
        this.placement = placement;
        this.neverDeny = List.copyOf(neverDeny);
        this.diags = diags;
    }

    Map<String, Ended> end(Collection<Deny> denies) {
        var namespaces = new NetworkNamespaces();
        Map<Subject, Set<Long>> subtrees = new HashMap<>();
        for (Deny deny : denies) {
            for (Subject subject : deny.subjects()) {
                subtrees.computeIfAbsent(
                        subject,
                        s -> {
                            Cgroups.processes(placement.directory(s)).forEach(namespaces::add);
                            return Cgroups.subtree(placement.directory(s));
                        });
            }
        }
        List<Reach> reaches = new ArrayList<>();
        for (Deny deny : denies) {
            Set<Long> ids = new HashSet<>();
            deny.subjects().forEach(s -> ids.addAll(subtrees.getOrDefault(s, Set.of())));
            reaches.add(new Reach(deny, ids));
        }
        Map<String, Ended> ended = new LinkedHashMap<>();
        denies.forEach(deny -> ended.put(deny.id(), Ended.NONE));
        namespaces
                .inEach(() -> endHere(reaches), failure -> unlisted(denies, failure))
                .forEach(here -> here.forEach((id, e) -> ended.merge(id, e, Ended::plus)));
        return ended;
    }

    private static Map<String, Ended> unlisted(Collection<Deny> denies, BpfFailure failure) {
        Log.line("sessions not listed", "cause", String.valueOf(failure.getMessage()));
        var told = new Ended(0, 0, List.of(String.valueOf(failure.getMessage())));
        Map<String, Ended> all = new HashMap<>();
        denies.forEach(deny -> all.put(deny.id(), told));
        return all;
    }

    /// In the network namespace of the calling thread.
    private Map<String, Ended> endHere(List<Reach> reaches) {
        Map<String, Ended> ended = new HashMap<>();
        try (var diag = diags.get()) {
            Map<SocketDiag.Socket, String> doomed = doomed(diag, reaches);
            for (int round = 0; round < ROUNDS && !doomed.isEmpty(); round++) {
                doomed.forEach((socket, id) -> {
                    if (diag.destroy(socket)) {
                        ended.merge(id, new Ended(1, 0), Ended::plus);
                    }
                });
                doomed = doomed(diag, reaches);
            }
            doomed.forEach((_, id) -> ended.merge(id, new Ended(0, 1), Ended::plus));
        }
        return ended;
    }

    /// Each session under the first deny that covers it.
    private Map<SocketDiag.Socket, String> doomed(SocketDiag diag, List<Reach> reaches) {
        Map<SocketDiag.Socket, String> doomed = new LinkedHashMap<>();
        for (SocketDiag.Socket socket : diag.sessions()) {
            if (neverDeny.stream().anyMatch(lifeline -> lifeline.carries(socket.session()))) {
                continue;
            }
            reaches.stream()
                    .filter(reach -> reach.covers(socket))
                    .findFirst()
                    .ifPresent(reach -> doomed.put(socket, reach.deny().id()));
        }
        return doomed;
    }
}
