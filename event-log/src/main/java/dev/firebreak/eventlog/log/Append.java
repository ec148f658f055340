package dev.firebreak.eventlog.log;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/// What one caller wants appended, all or nothing, and where its answer will be.
final class Append {

    /// Whose turn it is when several wait.
    enum Lane {
        DECISION,
        TELEMETRY
    }

    final List<PreparedEvent> events;
    final Lane lane;
    final int bytes;

    /// The position of the last event once all are durable.
    final CompletableFuture<Long> answer = new CompletableFuture<>();

    Append(List<PreparedEvent> events, Lane lane) {
        this.events = events;
        this.lane = lane;
        this.bytes = events.stream().mapToInt(event -> event.payload.length).sum();
    }
}
