package dev.firebreak.enforcerconnectors.dispatch;

import dev.firebreak.enforcerconnectors.enforcer.DenyId;
import dev.firebreak.enforcerconnectors.enforcer.Directive;
import dev.firebreak.enforcerconnectors.enforcer.Held;
import dev.firebreak.segmentation.DesiredDeny;
import dev.firebreak.segmentation.DesiredState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What one enforcer lacks: the next directive on the way from what is known of it to what is
/// desired, as large as one message may be.
final class Lack {

    /// Keeps a directive well under what one message to an enforcer may hold.
    private static final int MAX_WEIGHT = 10_000;

    private Lack() {}

    /// Empty when it holds what is desired.
    static Optional<Directive> of(DesiredState desired, Knowledge knowledge) {
        var puts = desired.denies().values().stream().filter(knowledge::isLacking).toList();
        var drops = surplus(desired, knowledge);
        if (puts.isEmpty() && drops.isEmpty()) {
            return Optional.empty();
        }
        var fitting = fitting(puts);
        var room = Directive.MAX_CHANGES - fitting.size();
        var all = fitting.size() == puts.size() && drops.size() <= room;
        return Optional.of(
                new Directive(
                        desired.generation(),
                        fitting,
                        drops.stream().limit(room).toList(),
                        all && !knowledge.isIntroduced()));
    }

    /// What it holds and the log does not ask of it.
    private static List<DenyId> surplus(DesiredState desired, Knowledge knowledge) {
        return knowledge.held().stream()
                .map(Held::id)
                .filter(id -> !isDesired(id, desired))
                .toList();
    }

    private static boolean isDesired(DenyId id, DesiredState desired) {
        return id.containment().filter(own -> desired.denies().containsKey(own)).isPresent();
    }

    private static List<DesiredDeny> fitting(List<DesiredDeny> puts) {
        var fitting = new ArrayList<DesiredDeny>();
        var weight = 0;
        for (var put : puts) {
            weight += 1 + put.subjects().size() + put.peers().size() + put.ports().ranges().size();
            if (fitting.size() == Directive.MAX_CHANGES
                    || (weight > MAX_WEIGHT && !fitting.isEmpty())) {
                break;
            }
            fitting.add(put);
        }
        return fitting;
    }
}
