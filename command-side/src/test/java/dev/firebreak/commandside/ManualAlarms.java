package dev.firebreak.commandside;

import dev.firebreak.commandside.command.Alarms;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Alarms that ring when a test says so.
public final class ManualAlarms implements Alarms {

    private record Alarm(Instant at, Runnable ring) {}

    private final Map<String, Alarm> alarms = new LinkedHashMap<>();

    @Override
    public synchronized void set(String name, Instant at, Runnable ring) {
        alarms.put(name, new Alarm(at, ring));
    }

    @Override
    public synchronized void cancel(String name) {
        alarms.remove(name);
    }

    public synchronized Optional<Instant> at(String name) {
        return Optional.ofNullable(alarms.get(name)).map(Alarm::at);
    }

    public synchronized int size() {
        return alarms.size();
    }

    /// Rings everything that is due by then, once.
    public void ringDue(Instant now) {
        take(now).forEach(Runnable::run);
    }

    private synchronized List<Runnable> take(Instant now) {
        var due =
                alarms.entrySet().stream()
                        .filter(alarm -> !alarm.getValue().at().isAfter(now))
                        .map(alarm -> Map.entry(alarm.getKey(), alarm.getValue().ring()))
                        .toList();
        due.forEach(alarm -> alarms.remove(alarm.getKey()));
        return due.stream().map(Map.Entry::getValue).toList();
    }
}
