package dev.firebreak.enforcerconnectors.enforcer;

import dev.firebreak.enforcerconnectors.enforcer.Observation.Seen;
import dev.firebreak.enforcerconnectors.enforcer.Observation.Unseen;
import dev.firebreak.eventlog.term.Effect;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.segmentation.DesiredDeny;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// An enforcer in memory that keeps the rules honestly: the fence, explicit drops, leases that end
/// by themselves. What may go wrong in the world is switched on from outside.
public final class FakeEnforcer implements Enforcer {

    private final EnforcerName name;
    private final Clock clock;
    private final Map<DenyId, Instant> leases = new TreeMap<>();
    private final Map<DenyId, DesiredDeny> rules = new TreeMap<>();
    private final Set<DenyId> refuses = new HashSet<>();
    private final Set<DenyId> leavesOut = new HashSet<>();
    private final Map<DenyId, List<Held.Unheld>> gaps = new HashMap<>();
    private final List<Directive> received = new ArrayList<>();
    private final List<String> closed = new ArrayList<>();
    private long generation;
    private int looks;
    private Line line = Line.UP;

    /// What becomes of what is sent to it.
    public enum Line {
        UP,
        /// Requests arrive and answers do not.
        MUTE,
        /// Nothing leaves, and the sender knows.
        DOWN
    }

    public FakeEnforcer(EnforcerName name, Clock clock) {
        this.name = name;
        this.clock = clock;
    }

    @Override
    public EnforcerName name() {
        return name;
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(
                false, true, true, false, false, true, "Nothing beats it.", List.of());
    }

    @Override
    public CompletionStage<Receipt> apply(Directive directive) {
        return switch (line) {
            case UP -> CompletableFuture.completedFuture(take(directive));
            case MUTE -> {
                take(directive);
                yield new CompletableFuture<>();
            }
            case DOWN -> CompletableFuture.completedFuture(new Receipt.Unreachable("No line."));
        };
    }

    @Override
    public CompletionStage<Observation> observe() {
        looks++;
        return switch (line) {
            case UP -> CompletableFuture.completedFuture(seen());
            case MUTE -> new CompletableFuture<>();
            case DOWN -> CompletableFuture.completedFuture(new Unseen("No line."));
        };
    }

    @Override
    public void close(String why) {
        closed.add(why);
    }

    /// What it does with a directive that reached it.
    public Receipt take(Directive directive) {
        received.add(directive);
        lapse();
        if (directive.generation() < generation) {
            return new Receipt.Rejected(
                    generation, Receipt.Rejected.STALE_GENERATION, "A newer plan was applied.");
        }
        generation = directive.generation();
        var answers =
                directive.puts().stream()
                        .map(this::put)
                        .filter(held -> !leavesOut.contains(held.id()))
                        .toList();
        directive.drops().forEach(this::remove);
        var named = new HashSet<>(directive.ids());
        var unclaimed =
                directive.complete()
                        ? leases.keySet().stream().filter(id -> !named.contains(id)).toList()
                        : List.<DenyId>of();
        return new Receipt.Applied(generation, answers, directive.drops(), unclaimed);
    }

    public Seen seen() {
        lapse();
        return new Seen(
                generation, leases.keySet().stream().map(this::held).toList(), clock.instant());
    }

    /// What is in force there now, and under which rules.
    public Map<DenyId, DesiredDeny> inForce() {
        lapse();
        return Map.copyOf(rules);
    }

    public Set<DenyId> ids() {
        lapse();
        return Set.copyOf(leases.keySet());
    }

    public List<Directive> received() {
        return received;
    }

    public List<String> closed() {
        return closed;
    }

    public int looks() {
        return looks;
    }

    public void line(Line line) {
        this.line = line;
    }

    public void refuse(DenyId id) {
        refuses.add(id);
    }

    /// It neither takes nor answers for this one, against the contract.
    public void leaveOut(DenyId id) {
        leavesOut.add(id);
    }

    /// It holds this one but for some.
    public void hold(DenyId id, Held.Unheld... except) {
        gaps.put(id, List.of(except));
    }

    public void refuseNothing() {
        refuses.clear();
    }

    /// Somebody else puts one there under our mark.
    public void plant(DenyId id, Duration life) {
        leases.put(id, clock.instant().plus(life));
    }

    /// Somebody else removes one.
    public void remove(DenyId id) {
        leases.remove(id);
        rules.remove(id);
    }

    public void fence(long applied) {
        generation = applied;
    }

    private Held put(DesiredDeny put) {
        var id = DenyId.of(put.containment());
        if (refuses.contains(id) || put.effect() != Effect.DENY) {
            return new Held(
                    id,
                    Held.State.REFUSED,
                    "never-deny",
                    "It lies within what is never denied here.",
                    Duration.ZERO,
                    0,
                    List.of(),
                    List.of());
        }
        if (!leavesOut.contains(id)) {
            leases.put(id, put.expiresAt());
            rules.put(id, put);
        }
        return held(id);
    }

    private Held held(DenyId id) {
        var remaining = Duration.between(clock.instant(), leases.getOrDefault(id, clock.instant()));
        return new Held(
                id,
                Held.State.HELD,
                "",
                "",
                remaining,
                1,
                List.of(),
                gaps.getOrDefault(id, List.of()));
    }

    private void lapse() {
        leases.values().removeIf(end -> !clock.instant().isBefore(end));
        rules.keySet().retainAll(leases.keySet());
    }
}
