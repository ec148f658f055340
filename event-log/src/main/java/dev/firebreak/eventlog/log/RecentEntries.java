package dev.firebreak.eventlog.log;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// The end of the log as this process appended it, so that followers who keep up never ask the
/// database. Always one unbroken stretch; an append by another replica starts a new one.
final class RecentEntries {

    static final int MAX_ENTRIES = 4_096;

    private final ArrayDeque<LogEntry> entries = new ArrayDeque<>();

    synchronized void add(List<LogEntry> appended) {
        if (!entries.isEmpty()
                && entries.getLast().position() + 1 != appended.getFirst().position()) {
            entries.clear();
        }
        entries.addAll(appended);
        while (entries.size() > MAX_ENTRIES) {
            entries.removeFirst();
        }
    }

    /// The entries behind `position`, or none when they are not all here.
    synchronized List<LogEntry> after(long position, int limit) {
        if (entries.isEmpty() || position + 1 < entries.getFirst().position()) {
            return List.of();
        }
        var skip = position + 1 - entries.getFirst().position();
        var behind = new ArrayList<LogEntry>();
        for (var entry : entries) {
            if (skip-- <= 0) {
                behind.add(entry);
                if (behind.size() == limit) {
                    break;
                }
            }
        }
        return behind;
    }
}
