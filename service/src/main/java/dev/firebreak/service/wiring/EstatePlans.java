package dev.firebreak.service.wiring;

import dev.firebreak.commandside.command.Outcome.Refused;
import dev.firebreak.commandside.command.Plans;
import dev.firebreak.commandside.command.RefusalCode;
import dev.firebreak.eventlog.term.Ask;
import dev.firebreak.eventlog.term.Scope;
import dev.firebreak.segmentation.Drawing.DrawnPlan;
import dev.firebreak.segmentation.Drawing.UnknownWorkload;
import dev.firebreak.segmentation.LiveEstate;
import dev.firebreak.segmentation.Planner;
import java.time.Clock;
import java.util.List;

/// Draws plans on the estate of now.
record EstatePlans(LiveEstate estate, List<Scope> protectedScopes, Clock clock) implements Plans {

    EstatePlans {
        protectedScopes = List.copyOf(protectedScopes);
    }

    @Override
    public Drawing draw(Ask ask) {
        return switch (estate.read(e -> Planner.draw(e, ask, protectedScopes, clock.instant()))) {
            case DrawnPlan(var containment, var plan, var laws) ->
                    new Drawn(containment, plan, laws);
            case UnknownWorkload unknown ->
                    new Unknown(
                            new Refused(
                                    RefusalCode.UNKNOWN_WORKLOAD,
                                    unknown.sentence()
                                            + " Tell where it runs with: deploy "
                                            + unknown.asked()
                                            + " --env ENV --host NAME --cgroup PATH."));
        };
    }
}
