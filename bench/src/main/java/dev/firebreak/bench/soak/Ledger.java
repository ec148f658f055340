package dev.firebreak.bench.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What the clients were told: every command that was acknowledged, in the order of the answers.
final class Ledger {

    private final List<Entry> acknowledged = new ArrayList<>();
    private int refused;
    private final Map<String, Integer> repeated = new TreeMap<>();

    /// @param key what the client called its request
    /// @param stream what it was about
    record Entry(String key, String stream) {}

    synchronized void acknowledged(Entry entry) {
        acknowledged.add(entry);
    }

    /// The rules said no; nothing was promised.
    synchronized void refused() {
        refused++;
    }

    /// No answer settled it, so the same was asked again.
    synchronized void repeated(String why) {
        repeated.merge(why, 1, Integer::sum);
    }

    synchronized int size() {
        return acknowledged.size();
    }

    synchronized List<Entry> entries() {
        return List.copyOf(acknowledged);
    }

    @Override
    public synchronized String toString() {
        return "%,d acknowledged, %,d refused, asked again %s"
                .formatted(acknowledged.size(), refused, repeated);
    }
}
