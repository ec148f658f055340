package dev.firebreak.commandside.containment;

import dev.firebreak.commandside.command.Decision;
import dev.firebreak.commandside.containment.Containment.Running;
import dev.firebreak.commandside.containment.ContainmentCommand.RecordLeftOut;
import dev.firebreak.eventlog.event.containment.ContainmentEvent;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.MembersLeftOut;

/// Deciding on how many are left out: said when somebody is for the first time, when nobody is any
/// more, and in between each time there are twice as many, so that five hundred deployments are
/// nine events and not five hundred.
final class LeftOut {

    private static final int WORTH_SAYING_AGAIN = 2;

    private LeftOut() {}

    static Decision<ContainmentEvent> decide(Containment state, RecordLeftOut command) {
        return switch (state) {
            case Containment.Unasked _ -> Refusals.unknown(command);
            case Containment.Asked _, Containment.Approved _ -> throw Containment.halfway(state);
            case Running running when isNews(running.leftOut(), command.leftOut()) ->
                    Decision.decided(
                            new MembersLeftOut(
                                    command.containment(),
                                    command.leftOut(),
                                    command.names(),
                                    command.atMost(),
                                    command.at()));
            case Running _,
                    Containment.Awaiting _,
                    Containment.Declined _,
                    Containment.Releasing _,
                    Containment.Lifted _ ->
                    Decision.stands(
                            "Nothing new about who is left out of %s.", command.containment());
        };
    }

    private static boolean isNews(int said, int now) {
        var begins = said == 0 && now > 0;
        var ends = said > 0 && now == 0;
        return begins || ends || (said > 0 && now >= said * WORTH_SAYING_AGAIN);
    }
}
