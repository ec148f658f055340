package dev.firebreak.segmentation;

import dev.firebreak.eventlog.term.Ask;
import dev.firebreak.eventlog.term.Scope;
import dev.firebreak.eventlog.term.WorkloadName;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;

/// Who of a containment's members it cuts, and who is left out because it has as many as it may.
///
/// Those whom it was asked for come first, whenever they are there, and by their name alone:
/// whoever is retired and deployed again, or labelled anew, does not get away. Then come those who
/// joined later, in the order in which they did. Whoever leaves makes room for the next. A host or
/// a block of addresses is cut as a whole, whatever runs there, and has no places.
final class Places {
    private final Ask ask;
    private final int reached;
    private final Set<WorkloadName> first;
    private final SequencedSet<WorkloadName> cut;
    private final SequencedSet<WorkloadName> leftOut = new LinkedHashSet<>();
    private int atMost = Integer.MAX_VALUE;

    /// @param reached how many members the plan was said to reach
    /// @param first the members at the time it was asked for, those of the plan before others
    Places(Ask ask, int reached, Collection<WorkloadName> first) {
        this.ask = ask;
        this.reached = reached;
        this.first = Set.copyOf(first);
        this.cut = new LinkedHashSet<>(first);
    }

    /// From now on it has at most `allowed` members, or as many as its plan reached.
    void limit(int allowed) {
        atMost = Math.max(allowed, reached);
        while (cut.size() > atMost) {
            leftOut.addFirst(cut.removeLast());
        }
    }

    Ask ask() {
        return ask;
    }

    int atMost() {
        return atMost;
    }

    /// Whether it cuts this workload, or was asked for it, whatever has been said of it since.
    boolean concerns(WorkloadName name) {
        return first.contains(name) || cut.contains(name);
    }

    /// Those whom it was asked for are members by their name, whatever is said of them since.
    boolean isFirst(WorkloadName name) {
        return first.contains(name);
    }

    boolean cuts(WorkloadName name) {
        return cut.contains(name);
    }

    SequencedSet<WorkloadName> cut() {
        return Collections.unmodifiableSequencedSet(cut);
    }

    SequencedSet<WorkloadName> leftOut() {
        return Collections.unmodifiableSequencedSet(leftOut);
    }

    /// A workload was deployed or retired. Returns the other one that this let in or put out.
    Optional<WorkloadName> changed(WorkloadName name, Optional<KnownWorkload> now) {
        var isMember = now.filter(workload -> isFirst(name) || isMember(ask, workload)).isPresent();
        var wasMember = cut.contains(name) || leftOut.contains(name);
        if (isMember == wasMember) {
            return Optional.empty();
        }
        return isMember ? join(name) : leave(name);
    }

    /// Whether it counts as a member of what is asked for.
    static boolean isMember(Ask ask, KnownWorkload workload) {
        return Scopes.cover(ask.subject(), workload) && Scopes.isWithin(ask.on(), workload);
    }

    /// Whether those who are cut are counted one by one.
    static boolean areCounted(Scope subject) {
        return !Scopes.isHostWide(subject);
    }

    private Optional<WorkloadName> join(WorkloadName name) {
        if (first.contains(name)) {
            cut.addFirst(name);
            return putLastOut();
        }
        (cut.size() < atMost ? cut : leftOut).addLast(name);
        return Optional.empty();
    }

    private Optional<WorkloadName> putLastOut() {
        if (cut.size() <= atMost) {
            return Optional.empty();
        }
        var last = cut.removeLast();
        leftOut.addFirst(last);
        return Optional.of(last);
    }

    private Optional<WorkloadName> leave(WorkloadName name) {
        if (leftOut.remove(name) || !cut.remove(name) || leftOut.isEmpty()) {
            return Optional.empty();
        }
        var next = leftOut.removeFirst();
        cut.addLast(next);
        return Optional.of(next);
    }
}
