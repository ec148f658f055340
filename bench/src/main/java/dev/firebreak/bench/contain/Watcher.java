package dev.firebreak.bench.contain;

import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentOrdered;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.EnforcementReported;
import dev.firebreak.eventlog.log.Follower;
import dev.firebreak.eventlog.log.LogEntry;
import dev.firebreak.eventlog.term.ContainmentId;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Reads the log from outside, and notes when each containment is ordered, and when it is first
/// reported in force.
final class Watcher implements Follower {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ConcurrentHashMap<ContainmentId, Long> ordered = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<ContainmentId, CompletableFuture<Long>> held =
            new ConcurrentHashMap<>();

    @Override
    public void take(List<LogEntry> entries) {
        var now = System.nanoTime();
        for (var entry : entries) {
            if (entry.event() instanceof ContainmentOrdered order) {
                ordered.put(order.containment(), now);
            }
            if (entry.event() instanceof EnforcementReported reported
                    && reported.reports().stream().anyMatch(part -> part.state().isInForce())) {
                of(reported.containment()).complete(now);
            }
        }
    }

    /// When it was: read back from the kernel, acknowledged and durable.
    long heldAt(ContainmentId containment) throws InterruptedException {
        try {
            return of(containment).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException late) {
            throw new IllegalStateException(
                    "%s was not in force within %s".formatted(containment, PATIENCE), late);
        }
    }

    /// When it was durable that it is to be held; asked for after it was held.
    long orderedAt(ContainmentId containment) {
        return Objects.requireNonNull(ordered.get(containment), containment.value());
    }

    private CompletableFuture<Long> of(ContainmentId containment) {
        return held.computeIfAbsent(containment, _ -> new CompletableFuture<>());
    }
}
