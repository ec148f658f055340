package dev.firebreak.hostagent.kernel;

import dev.firebreak.hostagent.deny.Deny;
import dev.firebreak.hostagent.deny.Entry;
import dev.firebreak.hostagent.deny.Refusal;
import dev.firebreak.hostagent.deny.RuleKey;
import dev.firebreak.hostagent.deny.Subject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// All denies that are held, and the writes that make the kernel hold exactly them.
///
/// Order is what makes it safe. Coming: rules first, then shapes, then one store of the expiry.
/// Going: the expiry, then the rest. A replacement comes before its predecessor goes, so nothing
/// opens in between.
final class DenyTable {

    private final Installation installation;
    private final SubjectTable subjects;
    private final SlotPool pool;
    private final Rules rules;
    private final Map<String, Holding> holdings = new LinkedHashMap<>();
    private final Map<RuleKey, List<Rules.Ref>> refs = new HashMap<>();

    DenyTable(Installation installation, SubjectTable subjects) {
        this.installation = installation;
        this.subjects = subjects;
        this.pool = new SlotPool(installation.slots());
        this.rules = new Rules(installation.map("rules"));
    }

    Optional<Refusal> put(Deny deny, long expiry, long now) {
        Holding before = holdings.get(deny.id());
        if (before != null && before.deny().sameRules(deny)) {
            installation.slots().expiry(before.slot(), expiry);
            holdings.put(deny.id(), before.until(deny, expiry));
            return Optional.empty();
        }
        Optional<Refusal> objection = physicalObjection(deny);
        if (objection.isPresent()) {
            return objection;
        }
        var slot = pool.take();
        if (slot.isEmpty()) {
            return refuse(
                    "too-many-denies",
                    deny,
                    "every slot of this host is taken; release some first");
        }
        var holding = Holding.of(deny, slot.getAsInt(), pool.nextGeneration(), expiry);
        installation
                .slots()
                .prepare(
                        holding.slot(), holding.generation(), DenyMark.of(deny.id()), deny.whole());
        try {
            write(holding);
        } catch (BpfFailure full) {
            withdraw(holding, now);
            return refuse("kernel-refused", deny, full.getMessage() + "; nothing was changed");
        }
        installation.slots().expiry(holding.slot(), expiry);
        holdings.put(deny.id(), holding);
        if (before != null) {
            withdraw(before, now);
        }
        return Optional.empty();
    }

    /// Takes a deny over from an earlier run, as its slot has it.
    void adopt(Deny deny, int slot, int generation, long expiry) {
        var holding = Holding.of(deny, slot, generation, expiry);
        pool.adopt(slot);
        holdings.put(deny.id(), holding);
        subjects.use(holding.entries());
        for (Entry entry : holding.entries()) {
            refs.computeIfAbsent(entry.key(), _ -> new ArrayList<>()).add(holding.ref(entry));
        }
    }

    boolean drop(String id, long now) {
        Holding holding = holdings.remove(id);
        if (holding == null) {
            return false;
        }
        withdraw(holding, now);
        return true;
    }

    /// Those whose time is up; the kernel has let go of them already.
    List<Holding> lapsed(long now) {
        return holdings.values().stream().filter(h -> h.expiry() <= now).toList();
    }

    @Nullable Holding find(String id) {
        return holdings.get(id);
    }

    Collection<Holding> all() {
        return List.copyOf(holdings.values());
    }

    long entries() {
        return holdings.values().stream().mapToLong(h -> h.entries().size()).sum();
    }

    SlotPool pool() {
        return pool;
    }

    /// Whether the kernel gives every rule of it back.
    boolean verified(Holding holding) {
        Slots slots = installation.slots();
        return slots.expiry(holding.slot()) == holding.expiry()
                && slots.generation(holding.slot()) == holding.generation()
                && holding.entries().stream()
                        .allMatch(e -> rules.get(e.key()).contains(holding.ref(e)))
                && holding.deny().subjects().stream().allMatch(subjects::verified);
    }

    /// Compares the kernel with what is held, whoever changed it, and puts right what differs.
    Repaired repair(long now) {
        Set<Holding> altered =
                holdings.values().stream()
                        .filter(holding -> repaired(holding, now))
                        .collect(Collectors.toCollection(HashSet::new));
        int slots = altered.size();
        Set<Subject> whose = subjects.repair();
        Rules.Differences differences = rules.repair(refs);
        holdings.values().stream()
                .filter(holding -> isTouched(holding, whose, differences.wanted()))
                .forEach(altered::add);
        return new Repaired(
                slots + whose.size() + differences.wanted().size() + differences.strange(),
                altered.stream().map(holding -> holding.deny().id()).sorted().toList());
    }

    private boolean repaired(Holding holding, long now) {
        Slots slots = installation.slots();
        DenyMark mark = DenyMark.of(holding.deny().id());
        boolean strange =
                slots.generation(holding.slot()) != holding.generation()
                        || !slots.mark(holding.slot()).equals(mark);
        if (strange) {
            slots.prepare(holding.slot(), holding.generation(), mark, holding.deny().whole());
        }
        boolean ended = holding.expiry() > now && slots.expiry(holding.slot()) != holding.expiry();
        if (ended) {
            slots.expiry(holding.slot(), holding.expiry());
        }
        return strange || ended;
    }

    private static boolean isTouched(Holding holding, Set<Subject> subjects, Set<RuleKey> keys) {
        return holding.deny().subjects().stream().anyMatch(subjects::contains)
                || (!keys.isEmpty()
                        && holding.entries().stream().map(Entry::key).anyMatch(keys::contains));
    }

    long rulesInKernel() {
        return rules.count();
    }

    private void write(Holding holding) {
        subjects.use(holding.entries());
        for (Entry entry : holding.entries()) {
            List<Rules.Ref> shared = refs.computeIfAbsent(entry.key(), _ -> new ArrayList<>());
            shared.add(holding.ref(entry));
            rules.put(entry.key(), shared);
        }
        subjects.write(holding.entries());
    }

    private void withdraw(Holding holding, long now) {
        pool.retire(holding.slot(), now);
        for (Entry entry : holding.entries()) {
            List<Rules.Ref> shared = refs.getOrDefault(entry.key(), new ArrayList<>());
            if (shared.remove(holding.ref(entry))) {
                rules.put(entry.key(), shared);
            }
            if (shared.isEmpty()) {
                refs.remove(entry.key());
            }
        }
        subjects.release(holding.entries());
        subjects.write(holding.entries());
    }

    private Optional<Refusal> physicalObjection(Deny deny) {
        for (Subject subject : deny.subjects()) {
            if (subjects.outside(subject)) {
                return refuse(
                        "outside-root",
                        deny,
                        subject.path() + " is not below the cgroup this agent answers for");
            }
        }
        List<Entry> entries = deny.entries();
        Map<RuleKey, Integer> wanted = new HashMap<>();
        for (Entry entry : entries) {
            int already = refs.getOrDefault(entry.key(), List.of()).size();
            if (wanted.merge(entry.key(), 1, Integer::sum) + already > RuleKey.MOST_SHARED) {
                return refuse(
                        "too-many-overlaps",
                        deny,
                        "more than "
                                + RuleKey.MOST_SHARED
                                + " denies or port ranges meet at "
                                + entry.peer()
                                + " for "
                                + entry.subject().path());
            }
        }
        return subjects.overfull(entries)
                .flatMap(full ->
                        refuse(
                                "too-many-shapes",
                                deny,
                                full.path()
                                        + " would have more than 16 kinds of prefix length and port; every packet would pay for each. Use the prefix lengths already in use"));
    }

    private static Optional<Refusal> refuse(String code, Deny deny, String why) {
        return Optional.of(new Refusal(code, deny.id() + " is not held: " + why + "."));
    }
}
