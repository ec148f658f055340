package dev.firebreak.enforcerconnectors.dispatch;

import dev.firebreak.enforcerconnectors.enforcer.DenyId;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.segmentation.DesiredState;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// The containments that one enforcer has, or had, a part of, and of which of them something else
/// may be true now than was told last.
final class Parts {

    private final EnforcerName enforcer;
    private final Ledger ledger;
    private final ReportDesk desk;
    private final Set<ContainmentId> all = new HashSet<>();
    private final Set<ContainmentId> touched = new LinkedHashSet<>();

    Parts(EnforcerName enforcer, Ledger ledger, ReportDesk desk) {
        this.enforcer = enforcer;
        this.ledger = ledger;
        this.desk = desk;
        all.addAll(ledger.partsOf(enforcer));
        touchAll();
    }

    void add(ContainmentId containment) {
        all.add(containment);
        touched.add(containment);
    }

    void touch(DenyId id) {
        id.containment().ifPresent(touched::add);
    }

    void touchAll() {
        touched.addAll(all);
    }

    /// What came, went or changed between two desired states.
    void desired(DesiredState before, DesiredState now) {
        now.denies()
                .forEach((id, deny) -> {
                    if (!deny.equals(before.denies().get(id))) {
                        add(id);
                    }
                });
        before.denies().keySet().stream()
                .filter(id -> !now.denies().containsKey(id))
                .forEach(touched::add);
    }

    /// Tells of everything touched what is true of it now.
    void tell(Function<KnownPart, Optional<Word>> truth, long generation) {
        var ids = List.copyOf(touched);
        touched.clear();
        for (var id : ids) {
            ledger.part(id, enforcer)
                    .ifPresentOrElse(
                            part ->
                                    truth.apply(part)
                                            .ifPresent(word -> desk.tell(part, word, generation)),
                            () -> over(id));
        }
    }

    private void over(ContainmentId containment) {
        all.remove(containment);
        desk.forget(containment);
    }
}
