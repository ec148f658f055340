package dev.firebreak.commandside.alarm;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// The alarms that are set, by name and by time. For one thread at a time.
final class AlarmHeap {

    /// Alarms of the same instant ring in the order they were set in.
    record Alarm(String name, Instant at, long order, Runnable ring) {}

    private final TreeSet<Alarm> byTime =
            new TreeSet<>(Comparator.comparing(Alarm::at).thenComparingLong(Alarm::order));

    private final Map<String, Alarm> byName = new HashMap<>();
    private long order;

    void set(String name, Instant at, Runnable ring) {
        cancel(name);
        var alarm = new Alarm(name, at, order++, ring);
        byName.put(name, alarm);
        byTime.add(alarm);
    }

    void cancel(String name) {
        var alarm = byName.remove(name);
        if (alarm != null) {
            byTime.remove(alarm);
        }
    }

    /// Takes out those whose time has come.
    List<Alarm> due(Instant now) {
        var due = new ArrayList<Alarm>();
        while (!byTime.isEmpty() && !now.isBefore(byTime.getFirst().at())) {
            var alarm = byTime.removeFirst();
            byName.remove(alarm.name());
            due.add(alarm);
        }
        return due;
    }

    Optional<Instant> next() {
        return byTime.isEmpty() ? Optional.empty() : Optional.of(byTime.getFirst().at());
    }

    int size() {
        return byTime.size();
    }
}
