package dev.firebreak.queryside.containment;

import dev.firebreak.eventlog.term.Gap;
import dev.firebreak.eventlog.term.Neighbour;
import dev.firebreak.eventlog.term.PartState;
import dev.firebreak.eventlog.term.Reach;
import dev.firebreak.eventlog.term.WorkloadName;
import dev.firebreak.queryside.containment.ContainmentView.Approval;
import dev.firebreak.queryside.containment.ContainmentView.PartView;
import dev.firebreak.queryside.containment.ContainmentView.Present;
import dev.firebreak.queryside.containment.ContainmentView.State;
import dev.firebreak.queryside.containment.Hearing.Absence;
import dev.firebreak.queryside.timeline.Times;
import dev.firebreak.segmentation.Presence;
import dev.firebreak.segmentation.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Draws a containment at an instant from its rows and from who can be heard. Pure, and cautious:
/// what an enforcer held before it went silent is shown as unknown, never as held.
final class Portrait {
    private final ContainmentRow row;
    private final List<PartView> parts;
    private final Hearing hearing;
    private final Optional<Presence> presence;
    private final Instant now;

    private Portrait(
            ContainmentRow row,
            List<PartView> parts,
            Hearing hearing,
            Optional<Presence> presence,
            Instant now) {
        this.row = row;
        this.parts = parts;
        this.hearing = hearing;
        this.presence = presence;
        this.now = now;
    }

    static ContainmentView of(
            ContainmentRow row,
            List<PartRow> parts,
            Hearing hearing,
            Optional<Presence> presence,
            Instant now) {
        var shown = parts.stream().map(part -> part(part, row, hearing, now)).toList();
        return new Portrait(row, shown, hearing, presence, now).view();
    }

    private static PartView part(PartRow part, ContainmentRow row, Hearing hearing, Instant now) {
        var absence =
                hearing.absence(part.enforcer)
                        .filter(_ -> row.stage != StoredStage.ENDED)
                        .filter(_ -> row.stage != StoredStage.DECLINED)
                        .filter(_ -> part.state != PartState.LIFTED)
                        .filter(_ -> part.state != PartState.REJECTED);
        var doubt =
                absence.map(known -> notHeard(part, row, known, now))
                        .or(() -> lapsed(part, row, now));
        return new PartView(
                part.enforcer,
                new State(doubt.isPresent() ? PartState.UNKNOWN : part.state),
                doubt.orElse(part.sentence),
                part.caveats,
                gaps(part.gapWhats, part.gapWhys),
                part.sessionsEnded,
                part.sessionsSurviving,
                part.until,
                part.reportedAt);
    }

    /// The end it is known to have taken is over, and the one it should have is not.
    private static Optional<String> lapsed(PartRow part, ContainmentRow row, Instant now) {
        return Optional.ofNullable(part.until)
                .filter(_ -> part.state.holds() && row.stage != StoredStage.RELEASING)
                .filter(until -> !until.equals(row.expiresAt) && !Stage.lasts(until, now))
                .map(until ->
                        "It had taken %s as its end, and the new one was not read back."
                                .formatted(Times.time(until, now)));
    }

    private static String notHeard(PartRow part, ContainmentRow row, Absence absence, Instant now) {
        if (row.stage == StoredStage.RELEASING) {
            return "Out of reach since %s; %s."
                    .formatted(
                            Times.time(absence.since(), now),
                            OutOfReach.settledBy(absence, row.expiresAt, now));
        }
        var before = part.state.holds() ? "; it held its part then, and lets go by itself" : "";
        return "Not heard since %s%s%s."
                .formatted(
                        Times.time(absence.since(), now),
                        before,
                        absence.revoked() ? "; it was revoked" : "");
    }

    private ContainmentView view() {
        var state = state();
        return new ContainmentView(
                row.id,
                row.effect,
                row.subject,
                row.peer,
                row.direction,
                row.ports,
                state,
                new StateSentence(row, parts, gaps(), hearing, presence, state, now).text(),
                row.reason,
                row.incident,
                row.requestedBy,
                row.requestedAt,
                row.orderedAt,
                row.expiresAt,
                row.endedAt,
                remaining(),
                row.planHash,
                approval(),
                row.approvedBy,
                parts,
                gaps(),
                new Reach(row.members, row.fleet, row.names, row.owners, neighbours()),
                presence.map(Portrait::present).orElse(null));
    }

    private static Present present(Presence presence) {
        return new Present(
                presence.reach(),
                presence.atMost() == Integer.MAX_VALUE ? null : presence.atMost(),
                presence.leftOut(),
                names(presence.names()),
                names(presence.spared()),
                names(presence.caught()));
    }

    private static List<String> names(List<WorkloadName> workloads) {
        return workloads.stream().map(WorkloadName::toString).toList();
    }

    private ContainmentState state() {
        return switch (row.stage) {
            case ASKED -> ContainmentState.AWAITING_APPROVAL;
            case PUSHING -> orOver(ContainmentState.PUSHING);
            case CONTAINED -> orOver(isWhole() ? ContainmentState.CONTAINED : lacking());
            case CONTAINED_EXCEPT -> orOver(lacking());
            case RELEASING -> ContainmentState.RELEASING;
            case ENDED -> ContainmentState.ENDED;
            case DECLINED -> ContainmentState.DECLINED;
        };
    }

    private ContainmentState lacking() {
        var states = parts.stream().map(part -> part.state().state()).toList();
        if (states.isEmpty() || states.stream().anyMatch(PartState::holds)) {
            return ContainmentState.CONTAINED_EXCEPT;
        }
        return states.contains(PartState.UNKNOWN) || states.contains(PartState.PENDING)
                ? ContainmentState.UNKNOWN
                : ContainmentState.NOT_CONTAINED;
    }

    private boolean isWhole() {
        return parts.stream().allMatch(part -> part.state().state().isInForce())
                && gaps().isEmpty()
                && new Exceptions(presence).isNobodyOut();
    }

    /// Whom its plan could give to nobody.
    private List<Gap> gaps() {
        return gaps(row.gapWhats, row.gapWhys);
    }

    private ContainmentState orOver(ContainmentState state) {
        return row.expiresAt != null && Stage.lasts(row.expiresAt, now)
                ? state
                : ContainmentState.RELEASING;
    }

    private long remaining() {
        return row.expiresAt == null || row.endedAt != null
                ? 0
                : Math.max(0, Duration.between(now, row.expiresAt).toSeconds());
    }

    private @Nullable Approval approval() { // null: no second person was needed
        return row.lapsesAt == null ? null : new Approval(row.approvalBecause, row.lapsesAt);
    }

    private List<Neighbour> neighbours() {
        var all = new ArrayList<Neighbour>();
        for (var i = 0; i < Math.min(row.neighbours.size(), row.neighbourWhys.size()); i++) {
            all.add(
                    new Neighbour(
                            WorkloadName.parse(row.neighbours.get(i)), row.neighbourWhys.get(i)));
        }
        return all;
    }

    private static List<Gap> gaps(List<String> whats, List<String> whys) {
        var gaps = new ArrayList<Gap>();
        for (var i = 0; i < Math.min(whats.size(), whys.size()); i++) {
            gaps.add(new Gap(whats.get(i), whys.get(i)));
        }
        return gaps;
    }
}
