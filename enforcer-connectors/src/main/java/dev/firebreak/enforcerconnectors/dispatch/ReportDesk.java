package dev.firebreak.enforcerconnectors.dispatch;

import dev.firebreak.commandside.command.Commands;
import dev.firebreak.commandside.command.Origin;
import dev.firebreak.commandside.command.Outcome;
import dev.firebreak.commandside.containment.ContainmentCommand.RecordEnforcement;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.PartReport;
import dev.firebreak.eventlog.term.Surface;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Carries the enforcers' answers into the log: one command a containment at a time with all that
/// has gathered for it, and only what differs from what was told before. Where one enforcer is all
/// there is, nothing is waited for.
final class ReportDesk {

    /// One command carries at most this many reports; the rest goes with the next.
    static final int MAX_REPORTS = 1_000;

    private static final long NOT_YET = Long.MAX_VALUE;

    private final Commands commands;
    private final Executor workers;
    private final Executor line;
    private final Later later;
    private final Clock clock;
    private final Ledger ledger;
    private final DispatchSettings settings;

    private final Map<ContainmentId, Map<EnforcerName, PartReport>> gathered = new HashMap<>();
    private final Map<ContainmentId, Map<EnforcerName, Told>> told = new HashMap<>();
    private final Set<ContainmentId> underWay = new LinkedHashSet<>();
    private final LinkedHashSet<ContainmentId> due = new LinkedHashSet<>();

    /// What was sent, and the position from which on the estate tells it too.
    private record Told(PartReport report, long position) {}

    ReportDesk(
            Commands commands,
            Executor workers,
            Executor line,
            Later later,
            Clock clock,
            Ledger ledger,
            DispatchSettings settings) {
        this.commands = commands;
        this.workers = workers;
        this.line = line;
        this.later = later;
        this.clock = clock;
        this.ledger = ledger;
        this.settings = settings;
    }

    void tell(KnownPart part, Word word, long generation) {
        var before = lastTold(part);
        if (before.filter(word::says).isPresent()) {
            return;
        }
        var id = part.containment();
        var report = word.report(part.enforcer(), generation, clock.instant());
        told.computeIfAbsent(id, _ -> new HashMap<>())
                .put(part.enforcer(), new Told(report, NOT_YET));
        var batch = gathered.computeIfAbsent(id, _ -> new LinkedHashMap<>());
        batch.put(part.enforcer(), report);
        if (batch.size() > 1) {
            return;
        }
        if (ledger.enforcersOf(id).size() == 1) {
            isDue(id);
        } else {
            var _ = later.after(settings.gather(), () -> isDue(id));
        }
    }

    /// Nothing more will be told of this containment.
    void forget(ContainmentId containment) {
        if (!gathered.containsKey(containment)) {
            told.remove(containment);
        }
    }

    private Optional<PartReport> lastTold(KnownPart part) {
        var mine = Optional.ofNullable(told.get(part.containment()));
        var last = mine.map(all -> all.get(part.enforcer()));
        if (last.filter(one -> one.position() <= ledger.position()).isPresent()) {
            mine.ifPresent(all -> all.remove(part.enforcer()));
            return part.told();
        }
        return last.map(Told::report).or(part::told);
    }

    private void isDue(ContainmentId id) {
        due.add(id);
        send();
    }

    private void send() {
        var ready =
                due.stream()
                        .filter(id -> !underWay.contains(id))
                        .limit(settings.commandsInFlight() - underWay.size())
                        .toList();
        for (var id : ready) {
            due.remove(id);
            var batch = take(id);
            if (!batch.isEmpty()) {
                underWay.add(id);
                send(id, batch);
            }
        }
    }

    private List<PartReport> take(ContainmentId id) {
        var all = gathered.getOrDefault(id, new LinkedHashMap<>());
        var batch = all.values().stream().limit(MAX_REPORTS).toList();
        batch.forEach(report -> all.remove(report.enforcer()));
        if (all.isEmpty()) {
            gathered.remove(id);
        }
        return batch;
    }

    private void send(ContainmentId id, List<PartReport> batch) {
        var command = new RecordEnforcement(id, batch, clock.instant());
        var origin = Origin.firebreak(Surface.DISPATCH, conversation(command));
        var _ =
                CompletableFuture.supplyAsync(() -> commands.send(command, origin), workers)
                        .whenCompleteAsync(
                                (outcome, failure) -> sent(id, batch, outcome, failure), line);
    }

    private void sent(
            ContainmentId id,
            List<PartReport> batch,
            @Nullable Outcome outcome,
            @Nullable Throwable failure) {
        underWay.remove(id);
        if (outcome == null || failure != null) {
            // Nothing was decided; asking again is safe.
            batch.forEach(report ->
                    gathered.computeIfAbsent(id, _ -> new LinkedHashMap<>())
                            .putIfAbsent(report.enforcer(), report));
            var _ = later.after(settings.firstRetry(), () -> isDue(id));
            return;
        }
        switch (outcome) {
            case Outcome.Accepted(_, var position) ->
                    batch.forEach(report -> taken(id, report, position));
            // The log knows better already, or will by the time somebody looks again.
            case Outcome.Already _ -> batch.forEach(report -> taken(id, report, 0));
            // Every refusal is an event: what was refused is not told again.
            case Outcome.Refused _ -> {}
        }
        if (gathered.containsKey(id)) {
            due.add(id);
        }
        send();
    }

    private void taken(ContainmentId id, PartReport report, long position) {
        Optional.ofNullable(told.get(id))
                .ifPresent(all ->
                        all.computeIfPresent(
                                report.enforcer(),
                                (_, last) ->
                                        last.report().equals(report)
                                                ? new Told(report, position)
                                                : last));
    }

    private static UUID conversation(RecordEnforcement command) {
        return UUID.nameUUIDFromBytes(command.target().getBytes(StandardCharsets.UTF_8));
    }
}
