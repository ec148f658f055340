package dev.firebreak.enforcerconnectors.dispatch;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Executor;

/// Bounds how many enforcers are talked with at once; who finds none free waits in turn.
final class Slots {

    private final int bound;
    private final Executor line;
    private final Set<Lane> inside = new HashSet<>();
    private final LinkedHashSet<Lane> waiting = new LinkedHashSet<>();

    Slots(int bound, Executor line) {
        this.bound = bound;
        this.line = line;
    }

    /// Whether the lane may go on; if not it is asked to look again when its turn has come.
    boolean enter(Lane lane) {
        if (inside.contains(lane)) {
            return true;
        }
        if (inside.size() < bound) {
            return inside.add(lane);
        }
        waiting.add(lane);
        return false;
    }

    void leave(Lane lane) {
        waiting.remove(lane);
        if (inside.remove(lane) && !waiting.isEmpty()) {
            var next = waiting.removeFirst();
            inside.add(next);
            line.execute(next::look);
        }
    }
}
