package dev.firebreak.hostagent.kernel;

import dev.firebreak.hostagent.deny.Deny;
import dev.firebreak.hostagent.deny.Entry;
import java.util.List;

/// A deny and the slot that carries it, until an instant of the boot clock.
record Holding(Deny deny, List<Entry> entries, int slot, int generation, long expiry) {

    static Holding of(Deny deny, int slot, int generation, long expiry) {
        return new Holding(deny, deny.entries(), slot, generation, expiry);
    }

    Rules.Ref ref(Entry entry) {
        return new Rules.Ref(slot, generation, entry.range().from(), entry.range().to());
    }

    Holding until(Deny renewed, long later) {
        return new Holding(renewed, entries, slot, generation, later);
    }
}
