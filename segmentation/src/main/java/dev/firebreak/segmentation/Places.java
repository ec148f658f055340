package dev.firebreak.segmentation;

import dev.firebreak.eventlog.term.Ask;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.Plan;
import dev.firebreak.eventlog.term.Scope;
import dev.firebreak.eventlog.term.WorkloadName;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Who of a containment's members it cuts, and where, and who is left out because it cuts as many
/// as it may: its members, and everybody at a place of theirs or below it.
///
/// Those whom it was asked for come first, whenever they are there, and by their name alone:
/// whoever is retired and deployed again, or labelled anew, does not get away. Then come those who
/// joined later, in the order in which they did. Whoever leaves makes room for the next. A member
/// that is said to run somewhere else is cut there, too, as far as there is room for everybody who
/// runs there. What the plan cut stays cut, whoever comes to run there. A host or a block of
/// addresses is cut as a whole, and has no places.
final class Places {
    private final Ask ask;
    private final int reached;
    private final Inventory inventory;
    private final Ground ground;
    private final Set<WorkloadName> first;
    private final LinkedHashMap<WorkloadName, Set<Found>> cut = new LinkedHashMap<>();
    private final SequencedSet<WorkloadName> leftOut = new LinkedHashSet<>();
    private int atMost = Integer.MAX_VALUE;

    /// @param first the members at the time it was asked for, those of the plan before others
    Places(Plan plan, Inventory inventory, Collection<KnownWorkload> first) {
        this.ask = plan.ask();
        this.reached = plan.reach().members();
        this.inventory = inventory;
        this.ground = new Ground(inventory);
        this.first =
                first.stream().map(KnownWorkload::name).collect(Collectors.toUnmodifiableSet());
        plan.parts().stream().flatMap(Found::of).forEach(ground::take);
        first.forEach(this::settle);
    }

    /// From now on it cuts at most `allowed` workloads, or as many as its plan reached.
    void limit(int allowed) {
        atMost = Math.max(allowed, reached);
        if (weight() <= atMost) {
            return;
        }
        var inOrder =
                Stream.concat(
                                cut.keySet().stream().filter(first::contains),
                                cut.keySet().stream().filter(name -> !first.contains(name)))
                        .toList();
        inOrder.forEach(this::leave);
        inOrder.forEach(name -> inventory.find(name).ifPresent(this::settle));
    }

    int atMost() {
        return atMost;
    }

    /// Whether it cuts this workload, or was asked for it, whatever has been said of it since.
    boolean concerns(WorkloadName name) {
        return first.contains(name) || cut.containsKey(name) || ground.inside().contains(name);
    }

    /// Those whom it was asked for are members by their name, whatever is said of them since.
    boolean isFirst(WorkloadName name) {
        return first.contains(name);
    }

    SequencedSet<WorkloadName> cut() {
        return Collections.unmodifiableSequencedSet(cut.sequencedKeySet());
    }

    /// Those who are not cut, or not everywhere they are said to run.
    SequencedSet<WorkloadName> leftOut() {
        return Collections.unmodifiableSequencedSet(leftOut);
    }

    /// Everybody whom it cuts.
    Set<WorkloadName> touched() {
        var all = new HashSet<>(ground.inside());
        all.addAll(cut.keySet());
        return all;
    }

    /// Everything that it cuts, what its plan cut among it.
    Ground ground() {
        return ground;
    }

    /// A workload was deployed or retired, and is now found `around` here. Returns where else
    /// something is cut, or let go, because of it.
    Set<EnforcerName> changed(WorkloadName name, Optional<KnownWorkload> now, Set<Found> around) {
        var before = isFirst(name) ? weight() : 0;
        var shifted = ground.workloadChanged(name, around);
        var member = now.filter(workload -> isFirst(name) || isMember(ask, workload));
        if (member.isEmpty() && !cut.containsKey(name) && !shifted && leftOut.isEmpty()) {
            return Set.of();
        }
        if (member.isEmpty()) {
            leave(name);
        } else if (isFirst(name)) {
            // Where its plan cuts, it is back inside whether there is room or not.
            isRoom(name, () -> weight() <= Math.max(atMost, before));
        }
        member.ifPresent(this::settle);
        List.copyOf(leftOut).forEach(waiting -> inventory.find(waiting).ifPresent(this::settle));
        return ground.moved();
    }

    /// Whether it counts as a member of what is asked for.
    static boolean isMember(Ask ask, KnownWorkload workload) {
        return Scopes.cover(ask.subject(), workload) && Scopes.isWithin(ask.on(), workload);
    }

    /// Whether those who are cut are counted one by one.
    static boolean areCounted(Scope subject) {
        return !Scopes.isHostWide(subject);
    }

    private void leave(WorkloadName name) {
        leftOut.remove(name);
        var held = cut.remove(name);
        if (held != null) {
            held.forEach(ground::letGo);
        }
    }

    /// Cuts a member wherever it runs now, as far as there is room. Where it is cut already it
    /// stays so.
    private void settle(KnownWorkload member) {
        var wanted = wanted(member);
        var is = Optional.ofNullable(cut.get(member.name())).or(() -> enter(member.name(), wanted));
        is.ifPresent(held -> move(member.name(), held, wanted));
        if (is.filter(held -> held.containsAll(wanted)).isPresent()) {
            leftOut.remove(member.name());
        } else {
            leftOut.add(member.name());
        }
    }

    private void move(WorkloadName name, Set<Found> held, List<Found> wanted) {
        held.stream().filter(place -> !wanted.contains(place)).forEach(ground::letGo);
        held.retainAll(wanted);
        for (var place : wanted) {
            if (!held.contains(place) && isRoom(name, () -> fits(place))) {
                held.add(place);
                ground.take(place);
            }
        }
        if (held.isEmpty() && !wanted.isEmpty() && !first.contains(name)) {
            cut.remove(name);
        }
    }

    private List<Found> wanted(KnownWorkload member) {
        return Found.of(member)
                .filter(place -> ask.on().isEmpty() || ask.on().contains(place.enforcer()))
                .distinct()
                .toList();
    }

    /// Those whom it was asked for need no room while there are no more of them than it may cut;
    /// others need some for themselves, and for everybody at one of their places.
    private Optional<Set<Found>> enter(WorkloadName name, List<Found> wanted) {
        var enters =
                wanted.isEmpty()
                        ? isRoom(name, () -> weight() < atMost || ground.inside().contains(name))
                        : wanted.stream().anyMatch(place -> isRoom(name, () -> fits(place)));
        if (!enters && !(first.contains(name) && cut.size() < atMost)) {
            return Optional.empty();
        }
        var held = new LinkedHashSet<Found>();
        cut.put(name, held);
        return Optional.of(held);
    }

    private boolean fits(Found place) {
        var newcomers = ground.newcomers(place);
        var more = newcomers.stream().filter(name -> !cut.containsKey(name)).count();
        return newcomers.isEmpty() || weight() + more <= atMost;
    }

    /// How many are cut: everybody inside, and members of whom no place is known.
    private int weight() {
        var elsewhere = cut.keySet().stream().filter(name -> !ground.inside().contains(name));
        return ground.inside().size() + (int) elsewhere.count();
    }

    /// Whether something fits, at worst without those who joined last. If it fits not even then,
    /// nobody is put out.
    private boolean isRoom(WorkloadName name, BooleanSupplier fits) {
        record Joined(WorkloadName name, Set<Found> held) {}
        var out = new ArrayDeque<Joined>();
        while (!fits.getAsBoolean()) {
            var last = first.contains(name) ? lastJoined() : Optional.<WorkloadName>empty();
            if (last.isEmpty()) {
                out.forEach(joined -> {
                    cut.put(joined.name(), joined.held());
                    joined.held().forEach(ground::take);
                });
                return false;
            }
            var held = Objects.requireNonNull(cut.remove(last.get()));
            held.forEach(ground::letGo);
            out.push(new Joined(last.get(), held));
        }
        out.reversed().forEach(joined -> leftOut.addFirst(joined.name()));
        return true;
    }

    private Optional<WorkloadName> lastJoined() {
        return cut.sequencedKeySet().reversed().stream()
                .filter(name -> !first.contains(name))
                .findFirst();
    }
}
