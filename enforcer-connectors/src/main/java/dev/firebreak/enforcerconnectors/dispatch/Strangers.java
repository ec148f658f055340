package dev.firebreak.enforcerconnectors.dispatch;

import dev.firebreak.enforcerconnectors.enforcer.DenyId;
import dev.firebreak.eventlog.term.EnforcerName;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Denies found under our mark that the log knows nothing of. They are dropped like any other
/// surplus, but somebody put them there, so they are said aloud and kept in sight.
final class Strangers {

    private static final System.Logger LOG = System.getLogger(Strangers.class.getName());

    static final int MAX_KEPT = 100;

    private final EnforcerName enforcer;
    private final Ledger ledger;
    private final DispatchListener listener;
    private final Set<DenyId> seen = new LinkedHashSet<>();

    Strangers(EnforcerName enforcer, Ledger ledger, DispatchListener listener) {
        this.enforcer = enforcer;
        this.ledger = ledger;
        this.listener = listener;
    }

    void dropping(List<DenyId> drops) {
        for (var id : drops) {
            if (!ledger.knows(id) && seen.size() < MAX_KEPT && seen.add(id)) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "{0} holds {1}, which the log never ordered or has forgotten; dropping it",
                        enforcer,
                        id);
                listener.stranger(enforcer, id);
            }
        }
    }

    List<DenyId> seen() {
        return List.copyOf(seen);
    }
}
