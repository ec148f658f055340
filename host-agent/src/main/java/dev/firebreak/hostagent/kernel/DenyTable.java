package dev.firebreak.hostagent.kernel;

import dev.firebreak.hostagent.deny.Deny;
import dev.firebreak.hostagent.deny.Entry;
import dev.firebreak.hostagent.deny.Law;
import dev.firebreak.hostagent.deny.Refusal;
import dev.firebreak.hostagent.deny.RuleKey;
import dev.firebreak.hostagent.deny.Subject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// All denies that are held, and the writes that make the kernel hold exactly them. Of a deny is
/// held what can be; see [Filling].
///
/// Order is what makes it safe. Coming: rules first, then shapes, then one store of the expiry.
/// Going: the expiry, then the rest. New rules of a deny that is held come before its old ones go,
/// so nothing opens in between.
final class DenyTable {

    private final Installation installation;
    private final SubjectTable subjects;
    private final SlotPool pool;
    private final Claims claims;
    private final Holdings holdings = new Holdings();
    private final Filling filling;

    DenyTable(Installation installation, SubjectTable subjects, Law law) {
        this.installation = installation;
        this.subjects = subjects;
        this.pool = new SlotPool(installation.slots());
        this.claims = new Claims(new Rules(installation.map("rules")));
        this.filling = new Filling(law, subjects, claims, holdings);
    }

    Optional<Refusal> put(Deny deny, long expiry, long now) {
        Holding before = holdings.find(deny.id());
        if (before == null) {
            return putNew(deny, expiry, now);
        }
        return before.deny().whole() == deny.whole()
                ? change(before, deny, expiry)
                : putInstead(before, deny, expiry, now);
    }

    private Optional<Refusal> putNew(Deny deny, long expiry, long now) {
        var slot = pool.take();
        if (slot.isEmpty()) {
            return Optional.of(
                    new Refusal(
                            "too-many-denies",
                            deny.id()
                                    + " is not held: every slot of this host is taken; release"
                                    + " some first."));
        }
        var none = Holding.none(deny, slot.getAsInt(), pool.nextGeneration());
        installation
                .slots()
                .prepare(none.slot(), none.generation(), DenyMark.of(deny.id()), deny.whole());
        Holding filled = filling.fill(none, deny);
        if (filled.entries().isEmpty()) {
            pool.retire(none.slot(), now);
            return Filling.refusal(filled);
        }
        installation.slots().expiry(filled.slot(), expiry);
        holdings.put(filled.until(expiry));
        return Optional.empty();
    }

    /// In its own slot: rules that stay are never touched, so they need no room a second time.
    private Optional<Refusal> change(Holding before, Deny deny, long expiry) {
        Holding after = filling.fill(before, deny);
        if (after.entries().isEmpty()) {
            return Filling.refusal(after);
        }
        installation.slots().expiry(after.slot(), expiry);
        holdings.put(after.until(expiry));
        Set<Entry> stay = new HashSet<>(after.entries());
        List<Entry> gone = before.entries().stream().filter(e -> !stay.contains(e)).toList();
        filling.empty(before, gone);
        if (!gone.isEmpty() && !after.open().isEmpty()) {
            // They made room.
            holdings.put(filling.fill(after, deny).until(expiry));
        }
        return Optional.empty();
    }

    /// Its slot cannot say both, so another one takes its place, or all stays as it was.
    private Optional<Refusal> putInstead(Holding before, Deny deny, long expiry, long now) {
        Optional<Refusal> refusal = putNew(deny, expiry, now);
        Holding after = holdings.find(deny.id());
        if (refusal.isPresent() || after == null) {
            return refusal;
        }
        if (!after.open().isEmpty()) {
            withdraw(after, now);
            holdings.put(before);
            return Filling.refusal(after);
        }
        withdraw(before, now);
        return Optional.empty();
    }

    /// Tries again what could not be held; answers the ids of those that hold more now.
    List<String> fillGaps() {
        List<String> fuller = new ArrayList<>();
        for (Holding holding : holdings.withGaps()) {
            Holding after = filling.fill(holding, holding.deny());
            holdings.put(after);
            if (after.entries().size() > holding.entries().size()) {
                fuller.add(after.deny().id());
            }
        }
        return fuller;
    }

    /// Takes a deny over from an earlier run, as its slot and the kernel's rules have it: what is
    /// not there was not held, or was taken out by somebody, and is tried anew by [#fillGaps].
    void adopt(Deny deny, int slot, int generation, long expiry) {
        pool.adopt(slot);
        Holding adopted = filling.adopt(Holding.none(deny, slot, generation).until(expiry));
        holdings.put(adopted);
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
        return holdings.all().stream().filter(h -> h.expiry() <= now).toList();
    }

    @Nullable Holding find(String id) {
        return holdings.find(id);
    }

    Collection<Holding> all() {
        return holdings.all();
    }

    long entries() {
        return holdings.entries();
    }

    SlotPool pool() {
        return pool;
    }

    /// Whether the kernel gives every rule of it back.
    boolean verified(Holding holding) {
        Slots slots = installation.slots();
        return slots.expiry(holding.slot()) == holding.expiry()
                && slots.generation(holding.slot()) == holding.generation()
                && holding.entries().stream().allMatch(e -> claims.verified(e, holding.ref(e)))
                && holding.subjects().stream().allMatch(subjects::verified);
    }

    /// Compares the kernel with what is held, whoever changed it, and puts right what differs.
    Repaired repair(long now) {
        Set<Holding> altered = new HashSet<>();
        for (Holding holding : holdings.all()) {
            if (repairSlot(holding, now)) {
                altered.add(holding);
            }
        }
        int slots = altered.size();
        Set<Subject> whose = subjects.repair();
        Rules.Differences differences = claims.repair();
        holdings.all().stream()
                .filter(holding -> isTouched(holding, whose, differences.wanted()))
                .forEach(altered::add);
        return new Repaired(
                slots + whose.size() + differences.wanted().size() + differences.strange(),
                altered.stream().map(holding -> holding.deny().id()).sorted().toList());
    }

    /// Answers whether it differed.
    private boolean repairSlot(Holding holding, long now) {
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
        return holding.subjects().stream().anyMatch(subjects::contains)
                || (!keys.isEmpty()
                        && holding.entries().stream().map(Entry::key).anyMatch(keys::contains));
    }

    long rulesInKernel() {
        return claims.inKernel();
    }

    private void withdraw(Holding holding, long now) {
        pool.retire(holding.slot(), now);
        filling.empty(holding, holding.entries());
    }
}
