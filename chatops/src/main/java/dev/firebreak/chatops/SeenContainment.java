package dev.firebreak.chatops;

import dev.firebreak.chatops.ContainmentReading.Approval;
import dev.firebreak.chatops.ContainmentReading.Part;
import dev.firebreak.chatops.ContainmentReading.State;
import dev.firebreak.eventlog.term.Ask;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.Direction;
import dev.firebreak.eventlog.term.Effect;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.IncidentId;
import dev.firebreak.eventlog.term.Peer;
import dev.firebreak.eventlog.term.PlanHash;
import dev.firebreak.eventlog.term.Ports;
import dev.firebreak.eventlog.term.Reason;
import dev.firebreak.eventlog.term.ResponderName;
import dev.firebreak.eventlog.term.Scope;
import dev.firebreak.eventlog.term.Sessions;
import dev.firebreak.queryside.containment.ContainmentState;
import dev.firebreak.queryside.containment.ContainmentView;
import dev.firebreak.queryside.containment.ContainmentView.PartView;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A view's texts, as words again. The enforcers that an ask was bound to are not in the view; its
/// parts show where it is held.
final class SeenContainment {

    private SeenContainment() {}

    static ContainmentReading reading(ContainmentView view) {
        return new ContainmentReading(
                new ContainmentId(view.id()),
                ask(view),
                state(view.state()),
                view.stateText(),
                new Reason(view.reason()),
                new IncidentId(view.incident()),
                new ResponderName(view.requestedBy()),
                view.requestedAt(),
                Optional.ofNullable(view.expiresAt()),
                Optional.ofNullable(view.endedAt()),
                new PlanHash(view.planHash()),
                Optional.ofNullable(view.approval())
                        .map(each -> new Approval(each.because(), each.lapsesAt())),
                view.approvedBy().isEmpty()
                        ? Optional.empty()
                        : Optional.of(new ResponderName(view.approvedBy())),
                view.parts().stream().map(SeenContainment::part).toList(),
                view.gaps(),
                view.reach(),
                Optional.ofNullable(view.present()).map(ContainmentView.Present::reach));
    }

    private static Ask ask(ContainmentView view) {
        return new Ask(
                Effect.valueOf(view.effect().toUpperCase(Locale.ROOT)),
                Scope.parse(view.subject()),
                Peer.parse(view.peer()),
                Direction.valueOf(view.direction().toUpperCase(Locale.ROOT)),
                Ports.parse(view.ports()),
                List.of());
    }

    private static State state(ContainmentState state) {
        return switch (state) {
            case AWAITING_APPROVAL -> State.AWAITING_APPROVAL;
            case PUSHING -> State.PUSHING;
            case CONTAINED -> State.CONTAINED;
            case CONTAINED_EXCEPT -> State.CONTAINED_EXCEPT;
            case NOT_CONTAINED -> State.NOT_CONTAINED;
            case UNKNOWN -> State.UNKNOWN;
            case RELEASING -> State.RELEASING;
            case ENDED -> State.ENDED;
            case DECLINED -> State.DECLINED;
        };
    }

    private static Part part(PartView part) {
        return new Part(
                EnforcerName.parse(part.enforcer()),
                part.state().state(),
                part.sentence(),
                part.caveats(),
                part.gaps(),
                new Sessions(part.sessionsEnded(), part.sessionsSurviving()));
    }
}
