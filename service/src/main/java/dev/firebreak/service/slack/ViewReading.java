package dev.firebreak.service.slack;

import dev.firebreak.chatops.ContainmentReading;
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
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A view in the words of a conversation.
final class ViewReading {

    private ViewReading() {}

    static ContainmentReading of(ContainmentView view) {
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
                        .map(needed ->
                                new ContainmentReading.Approval(
                                        needed.because(), needed.lapsesAt())),
                Optional.of(view.approvedBy())
                        .filter(name -> !name.isEmpty())
                        .map(ResponderName::new),
                view.parts().stream().map(ViewReading::part).toList(),
                view.gaps(),
                view.reach());
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

    private static ContainmentReading.Part part(ContainmentView.PartView part) {
        return new ContainmentReading.Part(
                EnforcerName.parse(part.enforcer()),
                part.state().state(),
                part.sentence(),
                part.caveats(),
                new Sessions(part.sessionsEnded(), part.sessionsSurviving()));
    }

    private static ContainmentReading.State state(ContainmentState state) {
        return switch (state) {
            case AWAITING_APPROVAL -> ContainmentReading.State.AWAITING_APPROVAL;
            case PUSHING -> ContainmentReading.State.PUSHING;
            case CONTAINED -> ContainmentReading.State.CONTAINED;
            case CONTAINED_EXCEPT -> ContainmentReading.State.CONTAINED_EXCEPT;
            case RELEASING -> ContainmentReading.State.RELEASING;
            case ENDED -> ContainmentReading.State.ENDED;
            case DECLINED -> ContainmentReading.State.DECLINED;
        };
    }
}
