package dev.firebreak.queryside.projection;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Rows as this process wrote them last, so that the next batch need not read them again.
///
/// It holds only as long as nobody else has moved the generation since: whoever takes a batch says
/// where the generation is, and when that is not where this process left it, all is forgotten. So
/// it is when a batch breaks off, for its rows were changed in place.
final class Memory {
    static final int MAX_ROWS = 20_000;

    private final Map<Object, Object> rows = new LinkedHashMap<>(16, 0.75f, true);
    private int generation;
    private long position = -1;
    private boolean complete;

    /// To be asked first, with what the locked row of the generation says.
    void recall(int asked, long at) {
        if (generation != asked || position != at) {
            forget();
            generation = asked;
            complete = at == 0;
        }
    }

    Optional<Object> row(Object key) {
        return Optional.ofNullable(rows.get(key));
    }

    /// Whether a row that is not remembered is not there at all.
    boolean isComplete() {
        return complete;
    }

    /// After the commit. A row may have been dropped and made anew in the same batch.
    void keep(Map<Object, Object> written, Iterable<Object> dropped, long at) {
        dropped.forEach(rows::remove);
        rows.putAll(written);
        position = at;
        var eldest = rows.keySet().iterator();
        for (var over = rows.size() - MAX_ROWS; over > 0; over--) {
            eldest.next();
            eldest.remove();
            complete = false;
        }
    }

    void forget() {
        rows.clear();
        position = -1;
        complete = false;
    }
}
