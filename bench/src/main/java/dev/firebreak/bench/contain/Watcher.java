package dev.firebreak.bench.contain;

import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentOrdered;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.EnforcementReported;
import dev.firebreak.eventlog.log.Follower;
import dev.firebreak.eventlog.log.LogEntry;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.PartReport;
import dev.firebreak.eventlog.term.PartState;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Reads the log from outside, and notes when each containment is ordered, when it is first
/// reported in force, and when a probe was refused.
final class Watcher implements Follower {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ConcurrentHashMap<ContainmentId, Long> ordered = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<ContainmentId, CompletableFuture<Long>> held =
            new ConcurrentHashMap<>();

    private final ConcurrentHashMap<ContainmentId, CompletableFuture<Long>> verified =
            new ConcurrentHashMap<>();

    @Override
    public void take(List<LogEntry> entries) {
        var now = System.nanoTime();
        for (var entry : entries) {
            if (entry.event() instanceof ContainmentOrdered order) {
                ordered.put(order.containment(), now);
            }
            if (entry.event() instanceof EnforcementReported reported) {
                reported.reports().forEach(part -> note(reported.containment(), part, now));
            }
        }
    }

    private void note(ContainmentId containment, PartReport part, long now) {
        if (part.state().isInForce()) {
            of(held, containment).complete(now);
        }
        if (part.state() == PartState.VERIFIED) {
            of(verified, containment).complete(now);
        }
    }

    /// When it was: read back from the kernel, acknowledged and durable.
    long heldAt(ContainmentId containment) throws InterruptedException {
        return await(held, containment);
    }

    /// When it was: tried from the inside, and refused. After that nothing of it is under way.
    long verifiedAt(ContainmentId containment) throws InterruptedException {
        return await(verified, containment);
    }

    /// When it was durable that it is to be held; asked for after it was held.
    long orderedAt(ContainmentId containment) {
        return Objects.requireNonNull(ordered.get(containment), containment.value());
    }

    private static long await(
            ConcurrentHashMap<ContainmentId, CompletableFuture<Long>> noted,
            ContainmentId containment)
            throws InterruptedException {
        try {
            return of(noted, containment).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException late) {
            throw new IllegalStateException(
                    "%s was not reported within %s".formatted(containment, PATIENCE), late);
        }
    }

    private static CompletableFuture<Long> of(
            ConcurrentHashMap<ContainmentId, CompletableFuture<Long>> noted,
            ContainmentId containment) {
        return noted.computeIfAbsent(containment, _ -> new CompletableFuture<>());
    }
}
