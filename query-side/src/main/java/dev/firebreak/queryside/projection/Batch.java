package dev.firebreak.queryside.projection;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hibernate.StatelessSession;

/// The rows that a batch of entries touches: each is read once and written once, at the end, in the
/// transaction that also moves the position.
public final class Batch {
    private final StatelessSession session;
    private final int generation;
    private final Map<Object, Object> present = new LinkedHashMap<>();
    private final Set<Object> stored = new HashSet<>();
    private final Set<Object> absent = new HashSet<>();
    private final Map<Object, Object> dropped = new LinkedHashMap<>();
    private final List<Object> appended = new ArrayList<>();
    private final Memory memory;

    Batch(StatelessSession session, int generation, Memory memory) {
        this.session = session;
        this.generation = generation;
        this.memory = memory;
    }

    public int generation() {
        return generation;
    }

    /// The row with this key, to be changed in place; keys of different rows differ in class.
    public <R> Optional<R> find(Class<R> type, Object key) {
        var known = present.get(key);
        if (known != null || absent.contains(key)) {
            return Optional.ofNullable(known).map(type::cast);
        }
        var read = read(type, key);
        if (read.isPresent()) {
            present.put(key, read.get());
            stored.add(key);
        } else {
            absent.add(key);
        }
        return read;
    }

    private <R> Optional<R> read(Class<R> type, Object key) {
        var remembered = memory.row(key);
        return remembered.isPresent() || memory.isComplete()
                ? remembered.map(type::cast)
                : Optional.ofNullable(session.get(type, key));
    }

    /// A new row, or one in the place of another.
    public <R> void put(Class<R> type, Object key, R row) {
        find(type, key);
        present.put(key, row);
        absent.remove(key);
    }

    /// A new row that nobody ever asks a batch for.
    public void append(Object row) {
        appended.add(row);
    }

    public <R> void drop(Class<R> type, Object key) {
        find(type, key)
                .ifPresent(row -> {
                    if (stored.remove(key)) {
                        dropped.put(key, row);
                    }
                    present.remove(key);
                    absent.add(key);
                });
    }

    /// In groups of one table each, so that they travel as JDBC batches.
    void write() {
        group(dropped.values()).values().forEach(session::deleteMultiple);
        var changed = new ArrayList<Object>();
        var fresh = new ArrayList<>(appended);
        present.forEach((key, row) -> (stored.contains(key) ? changed : fresh).add(row));
        group(changed).values().forEach(session::updateMultiple);
        group(fresh).values().forEach(session::insertMultiple);
    }

    /// After the commit: what was written need not be read again.
    void remember(long position) {
        memory.keep(present, dropped.keySet(), position);
    }

    private static Map<Class<?>, List<Object>> group(Collection<Object> rows) {
        var groups = new HashMap<Class<?>, List<Object>>();
        rows.forEach(
                row -> groups.computeIfAbsent(row.getClass(), _ -> new ArrayList<>()).add(row));
        return groups;
    }
}
