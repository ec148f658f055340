package dev.firebreak.hostagent.kernel;

import dev.firebreak.hostagent.deny.Deny;
import dev.firebreak.hostagent.deny.Entry;
import dev.firebreak.hostagent.deny.Gap;
import dev.firebreak.hostagent.deny.Held;
import dev.firebreak.hostagent.deny.Law;
import dev.firebreak.hostagent.deny.PortRange;
import dev.firebreak.hostagent.deny.Prefix;
import dev.firebreak.hostagent.deny.Refusal;
import dev.firebreak.hostagent.deny.Room;
import dev.firebreak.hostagent.deny.Subject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Has the kernel hold of a deny what it can, one subject at a time: one that cannot be held keeps
/// no other one open. What is held of a subject already stays held, also when its new rules do not
/// fit beside it.
final class Filling {

    private final Law law;
    private final SubjectTable subjects;
    private final Claims claims;
    private final Holdings holdings;
    private final Objections objections;

    Filling(Law law, SubjectTable subjects, Claims claims, Holdings holdings) {
        this.law = law;
        this.subjects = subjects;
        this.claims = claims;
        this.holdings = holdings;
        this.objections = new Objections(claims, holdings::all);
    }

    /// Adds what `deny` asks for and `before` does not hold, where it can be. What `before` holds
    /// beyond it is left to [#empty]; the answer names only what `deny` asks for.
    Holding fill(Holding before, Deny deny) {
        if (before.isWhole() && before.deny().sameRules(deny)) {
            return before.with(deny, before.entries(), List.of());
        }
        Map<Subject, Set<Entry>> staying = staying(before, deny);
        List<Entry> held = new ArrayList<>();
        List<Holding.Open> open = new ArrayList<>();
        Room room = law.room(holdings.entriesWithout(deny.id()));
        // What goes on being held has its room before anybody new.
        long taken = staying.values().stream().mapToLong(Set::size).sum();
        for (Subject subject : deny.subjects()) {
            Set<Entry> have = staying.getOrDefault(subject, Set.of());
            long more = deny.entriesOfOne() - have.size();
            long needed = taken + more;
            Optional<Refusal> no =
                    never(subject)
                            .or(() -> room.objects(needed))
                            .or(() -> take(before, deny.entries(subject), have));
            if (no.isEmpty()) {
                taken = needed;
                held.addAll(deny.entries(subject));
            } else {
                open.add(new Holding.Open(subject, Gap.of(subject, no.get())));
                held.addAll(have);
            }
        }
        return before.with(deny, held, open);
    }

    /// The entries that are held and asked for, too.
    private static Map<Subject, Set<Entry>> staying(Holding before, Deny deny) {
        Set<Subject> subjects = new HashSet<>(deny.subjects());
        Set<Prefix> peers = new HashSet<>(deny.peers());
        Set<PortRange> ports = new HashSet<>(deny.ports());
        Map<Subject, Set<Entry>> staying = new HashMap<>();
        for (Entry entry : before.entries()) {
            if (subjects.contains(entry.subject())
                    && deny.direction().views().contains(entry.view())
                    && peers.contains(entry.peer())
                    && ports.contains(entry.range())) {
                staying.computeIfAbsent(entry.subject(), _ -> new LinkedHashSet<>()).add(entry);
            }
        }
        return staying;
    }

    /// Lets go of these entries.
    void empty(Holding holding, Collection<Entry> entries) {
        entries.forEach(entry -> claims.remove(entry, holding.ref(entry)));
        subjects.release(entries);
        subjects.write(entries);
    }

    /// Notes what the kernel has of a deny.
    Holding adopt(Holding none) {
        List<Entry> held = new ArrayList<>();
        List<Holding.Open> open = new ArrayList<>();
        for (Subject subject : none.deny().subjects()) {
            List<Entry> wanted = none.deny().entries(subject);
            List<Entry> there =
                    wanted.stream().filter(e -> claims.verified(e, none.ref(e))).toList();
            there.forEach(entry -> claims.adopt(entry, none.ref(entry)));
            held.addAll(there);
            if (there.size() < wanted.size()) {
                var why = new Refusal(Held.NOT_READ_BACK, "");
                open.add(new Holding.Open(subject, Gap.of(subject, why)));
            }
        }
        subjects.use(held);
        return none.with(none.deny(), held, open);
    }

    /// None of its subjects can be held.
    static Optional<Refusal> refusal(Holding none) {
        Gap first = none.gaps().getFirst();
        int others = none.gaps().size() - 1;
        return Optional.of(
                new Refusal(
                        first.code(),
                        none.deny().id()
                                + " is not held for "
                                + first.subject()
                                + ", because "
                                + first.sentence()
                                + (others == 0 ? "." : "; nor for " + others + " more.")));
    }

    private Optional<Refusal> never(Subject subject) {
        return subjects.outside(subject)
                ? Optional.of(Objections.outside())
                : Objections.tooDeep(subject);
    }

    private Optional<Refusal> take(Holding holding, List<Entry> wanted, Set<Entry> have) {
        List<Entry> missing = wanted.stream().filter(entry -> !have.contains(entry)).toList();
        Optional<Refusal> overlaps = objections.overlaps(missing);
        if (overlaps.isPresent()) {
            return overlaps;
        }
        Optional<Subject> full = subjects.take(missing);
        if (full.isPresent()) {
            return Optional.of(objections.shapes(full.get(), holding.deny().id()));
        }
        try {
            missing.forEach(entry -> claims.add(entry, holding.ref(entry)));
            subjects.write(missing);
            return Optional.empty();
        } catch (BpfFailure failure) {
            empty(holding, missing);
            return Optional.of(Objections.kernel(failure));
        }
    }
}
