package dev.firebreak.segmentation;

import dev.firebreak.eventlog.event.containment.ContainmentEvent;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ApprovalRequired;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.Contained;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainedExcept;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentApproved;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentDeclined;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentExtended;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentLifted;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentOrdered;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentReleased;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentRequested;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentShortened;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.EnforcementReported;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.MembersLeftOut;
import dev.firebreak.eventlog.term.Ask;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.segmentation.Stage.Progress;
import dev.firebreak.segmentation.Stage.Running;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/// The containments there are and, of those that are over, the last [#MAX_REMEMBERED]. Of older
/// ones only the ids stay, and how often each ask came to an end.
final class Containments {
    static final int MAX_REMEMBERED = 1_000;

    private final Map<ContainmentId, KnownContainment> live = new LinkedHashMap<>();
    private final Map<ContainmentId, KnownContainment> running = new LinkedHashMap<>();
    private final Map<ContainmentId, KnownContainment> over = new LinkedHashMap<>();
    private final Map<Ask, ContainmentId> openByAsk = new HashMap<>();
    private final Map<Ask, Integer> endedByAsk = new HashMap<>();
    private final Set<ContainmentId> used = new HashSet<>();

    void apply(ContainmentEvent event, long position) {
        switch (event) {
            case ContainmentRequested requested -> request(requested);
            case ApprovalRequired(var id, _, var because, var lapsesAt, _) ->
                    change(id, known -> known.at(new Stage.AwaitingApproval(because, lapsesAt)));
            case ContainmentApproved(var id, _, var by, _) ->
                    change(id, known -> known.approved(by));
            case ContainmentDeclined(var id, var cause, var why, var by, var at) ->
                    change(id, known -> known.at(new Stage.Declined(cause, why, by, at)));
            case ContainmentOrdered(var id, var expiresAt, _, var at) ->
                    change(id, known -> known.at(ordered(position, at, expiresAt)));
            case MembersLeftOut _ -> {} // Known already, from who was deployed.
            case EnforcementReported(var id, var reports, _) -> {
                reopen(id);
                change(id, known -> known.heard(reports));
            }
            case Contained(var id, var verified, _, var at) ->
                    progress(id, new Progress.Contained(verified, at));
            case ContainedExcept(var id, var except, var at) ->
                    progress(id, new Progress.ContainedExcept(except, at));
            case ContainmentExtended(var id, var expiresAt, _, _, _) -> move(id, expiresAt);
            case ContainmentShortened(var id, var expiresAt, _, _, _) -> move(id, expiresAt);
            case ContainmentReleased released -> release(released);
            case ContainmentLifted(var id, var at) -> lift(id, at);
        }
    }

    Optional<KnownContainment> find(ContainmentId id) {
        var found = live.get(id);
        return Optional.ofNullable(found == null ? over.get(id) : found);
    }

    /// Those that are not over, in the order they were asked for.
    Collection<KnownContainment> live() {
        return Collections.unmodifiableCollection(live.values());
    }

    Collection<KnownContainment> running() {
        return Collections.unmodifiableCollection(running.values());
    }

    /// The one that asking for this now is asking for.
    Optional<ContainmentId> open(Ask ask, Instant now) {
        return Optional.ofNullable(openByAsk.get(ask))
                .filter(id -> find(id).filter(known -> known.stage().isOpen(now)).isPresent());
    }

    /// What asking for this is called when no open one is meant.
    ContainmentId fresh(Ask ask) {
        long episode = endedByAsk.getOrDefault(ask, 0);
        var name = ContainmentId.of(ask, episode);
        while (used.contains(name)) {
            episode++;
            name = ContainmentId.of(ask, episode);
        }
        return name;
    }

    private void request(ContainmentRequested event) {
        live.put(event.containment(), KnownContainment.requested(event));
        openByAsk.put(event.plan().ask(), event.containment());
        used.add(event.containment());
    }

    private static Running ordered(long position, Instant at, Instant expiresAt) {
        return new Running(position, at, expiresAt, new Progress.Pushing());
    }

    private void progress(ContainmentId id, Progress progress) {
        whileRunning(
                id, run -> new Running(run.order(), run.orderedAt(), run.expiresAt(), progress));
    }

    private void move(ContainmentId id, Instant expiresAt) {
        whileRunning(
                id, run -> new Running(run.order(), run.orderedAt(), expiresAt, run.progress()));
    }

    private void release(ContainmentReleased event) {
        change(
                event.containment(),
                known ->
                        known.at(
                                new Stage.Releasing(
                                        known.stage(),
                                        event.cause(),
                                        event.why(),
                                        event.by(),
                                        event.at())));
    }

    private void lift(ContainmentId id, Instant at) {
        change(
                id,
                known ->
                        known.stage() instanceof Stage.Releasing releasing
                                ? known.at(new Stage.Lifted(releasing, at))
                                : known);
    }

    /// Something of a lifted one turned up again: it is not lifted until that is gone, too. Of one
    /// that is no longer remembered nothing is known that could be open.
    private void reopen(ContainmentId id) {
        var ended = over.get(id);
        if (ended != null && ended.stage() instanceof Stage.Lifted(var releasing, _)) {
            over.remove(id);
            live.put(id, ended.at(releasing));
        }
    }

    private void whileRunning(ContainmentId id, UnaryOperator<Running> change) {
        change(
                id,
                known ->
                        known.stage() instanceof Running run ? known.at(change.apply(run)) : known);
    }

    private void change(ContainmentId id, UnaryOperator<KnownContainment> change) {
        var before = live.get(id);
        if (before == null) {
            return;
        }
        var after = change.apply(before);
        live.put(id, after);
        switch (after.stage()) {
            case Stage.Running _ -> running.put(id, after);
            case Stage.Requested _, Stage.AwaitingApproval _ -> {}
            case Stage.Releasing _ -> close(after);
            case Stage.Declined _, Stage.Lifted _ -> {
                close(after);
                remember(after);
            }
        }
    }

    private void close(KnownContainment ended) {
        running.remove(ended.id());
        if (openByAsk.remove(ended.plan().ask(), ended.id())) {
            endedByAsk.merge(ended.plan().ask(), 1, Integer::sum);
        }
    }

    private void remember(KnownContainment ended) {
        live.remove(ended.id());
        over.put(ended.id(), ended);
        if (over.size() > MAX_REMEMBERED) {
            over.remove(over.keySet().iterator().next());
        }
    }
}
