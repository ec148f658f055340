package dev.firebreak.hostagent.kernel;

import dev.firebreak.hostagent.deny.Deny;
import dev.firebreak.hostagent.deny.Entry;
import dev.firebreak.hostagent.deny.Gap;
import dev.firebreak.hostagent.deny.Subject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A deny as it was asked for, the rules of it that are held, and the slot that carries them until
/// an instant of the boot clock. `open` are the subjects that are not held by all of its rules.
record Holding(
        Deny deny, List<Entry> entries, List<Open> open, int slot, int generation, long expiry) {

    record Open(Subject subject, Gap gap) {}

    Holding {
        entries = List.copyOf(entries);
        open = List.copyOf(open);
    }

    /// Nothing of it is held yet.
    static Holding none(Deny deny, int slot, int generation) {
        return new Holding(deny, List.of(), List.of(), slot, generation, 0);
    }

    Rules.Ref ref(Entry entry) {
        return new Rules.Ref(slot, generation, entry.range().from(), entry.range().to());
    }

    Holding until(long later) {
        return new Holding(deny, entries, open, slot, generation, later);
    }

    Holding with(Deny asked, List<Entry> held, List<Open> notHeld) {
        return new Holding(asked, held, notHeld, slot, generation, expiry);
    }

    /// Whether all of it is held.
    boolean isWhole() {
        return !entries.isEmpty() && open.isEmpty();
    }

    List<Gap> gaps() {
        return open.stream().map(Open::gap).toList();
    }

    /// Those that any rule is held of.
    List<Subject> subjects() {
        return entries.stream().map(Entry::subject).distinct().toList();
    }

    /// The deny for those of its subjects that it is held of throughout; where there are none, for
    /// those that it is held of at all.
    Deny held() {
        Set<Subject> not = new HashSet<>();
        open.forEach(each -> not.add(each.subject()));
        List<Subject> throughout =
                deny.subjects().stream().filter(each -> !not.contains(each)).toList();
        if (!throughout.isEmpty()) {
            return deny.of(throughout);
        }
        return entries.isEmpty() ? deny : deny.of(subjects());
    }
}
