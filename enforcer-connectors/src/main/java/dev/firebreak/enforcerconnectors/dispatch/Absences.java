package dev.firebreak.enforcerconnectors.dispatch;

import dev.firebreak.commandside.command.Commands;
import dev.firebreak.commandside.command.Origin;
import dev.firebreak.commandside.command.Outcome;
import dev.firebreak.commandside.enforcer.EnforcerCommand.RecordSilence;
import dev.firebreak.enforcerconnectors.enforcer.DenyId;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.Surface;
import dev.firebreak.segmentation.KnownEnforcer;
import dev.firebreak.segmentation.KnownEnforcer.Standing;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Enforcers that this replica does not hear, and what has to be said of their parts. Silence is
/// recorded once, and from then on what they hold is unknown.
final class Absences {

    private final Surroundings around;
    private final Commands commands;
    private final Executor workers;
    private final Elsewhere elsewhere;
    private final Map<EnforcerName, Absence> absent = new HashMap<>();

    Absences(Surroundings around, Commands commands, Executor workers, Elsewhere elsewhere) {
        this.around = around;
        this.commands = commands;
        this.workers = workers;
        this.elsewhere = elsewhere;
    }

    /// Everybody the log knows is absent until attached; those it calls connected get as long as
    /// anybody to be heard.
    void begin(List<KnownEnforcer> enforcers) {
        enforcers.forEach(this::know);
    }

    /// One that was silent and is heard again, by another replica, is waited for anew.
    void know(KnownEnforcer enforcer) {
        var silent = enforcer.standing() != Standing.CONNECTED;
        var fresh = new Absence(enforcer.heardAt(), around.clock().instant(), Set.of(), silent);
        absent.merge(
                enforcer.name(),
                fresh,
                (before, now) -> before.silent() && !now.silent() ? now : before);
    }

    void left(EnforcerName enforcer, Instant lastHeardAt, Set<DenyId> doubtful) {
        absent.put(enforcer, new Absence(lastHeardAt, lastHeardAt, doubtful, false));
        tell(enforcer);
    }

    void came(EnforcerName enforcer) {
        absent.remove(enforcer);
    }

    /// Calls silent whom it is time to call so.
    void check() {
        var due = around.clock().instant().minus(around.settings().silenceAfter());
        for (var entry : Map.copyOf(absent).entrySet()) {
            if (!entry.getValue().silent() && !entry.getValue().since().isAfter(due)) {
                fallsSilent(entry.getKey(), entry.getValue());
            }
        }
    }

    void tell(EnforcerName enforcer) {
        around.ledger().partsOf(enforcer).forEach(id -> tell(enforcer, id));
    }

    void tell(EnforcerName enforcer, ContainmentId containment) {
        var absence = absent.get(enforcer);
        if (absence != null && !elsewhere.holds(enforcer)) {
            around.ledger().part(containment, enforcer).ifPresent(part -> tell(part, absence));
        }
    }

    private void tell(KnownPart part, Absence absence) {
        var isDoubtful = absence.doubtful().contains(DenyId.of(part.containment()));
        Truth.absent(part, isDoubtful, absence.silent())
                .ifPresent(word -> around.desk().tell(part, word, 0));
    }

    private void fallsSilent(EnforcerName enforcer, Absence absence) {
        if (elsewhere.holds(enforcer)) {
            absent.put(enforcer, absence.heardElsewhere(around.clock().instant()));
            return;
        }
        absent.put(enforcer, absence.fallenSilent());
        around.listener().silent(enforcer);
        tell(enforcer);
        record(enforcer, absence.lastHeardAt());
    }

    private void record(EnforcerName enforcer, Instant lastHeardAt) {
        var command = new RecordSilence(enforcer, lastHeardAt, around.clock().instant());
        var origin = Origin.firebreak(Surface.DISPATCH, UUID.randomUUID());
        var _ =
                CompletableFuture.supplyAsync(() -> commands.send(command, origin), workers)
                        .whenCompleteAsync(
                                (outcome, failure) ->
                                        recorded(enforcer, lastHeardAt, outcome, failure),
                                around.line());
    }

    private void recorded(
            EnforcerName enforcer,
            Instant lastHeardAt,
            @Nullable Outcome outcome,
            @Nullable Throwable failure) {
        var absence = absent.get(enforcer);
        var isStillAbsent = absence != null && absence.lastHeardAt().equals(lastHeardAt);
        if ((outcome == null || failure != null) && isStillAbsent) {
            var _ =
                    around.later()
                            .after(
                                    around.settings().longestRetry(),
                                    () -> record(enforcer, lastHeardAt));
        }
    }
}
