package dev.firebreak.service.wiring;

import dev.firebreak.commandside.guardrail.Facts;
import dev.firebreak.eventlog.event.deployment.DeploymentEvent.WorkloadDeployed;
import dev.firebreak.eventlog.term.Plan;
import dev.firebreak.eventlog.term.ResponderName;
import dev.firebreak.eventlog.term.Role;
import dev.firebreak.eventlog.term.Scope;
import dev.firebreak.eventlog.term.SlackUser;
import dev.firebreak.segmentation.Estate;
import dev.firebreak.segmentation.KnownResponder;
import dev.firebreak.segmentation.LiveEstate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What decisions need to know from beyond their own stream, from the estate of now.
record EstateFacts(LiveEstate estate) implements Facts {

    @Override
    public boolean automationFrozen() {
        return estate.read(Estate::automationFrozen);
    }

    @Override
    public Set<ResponderName> admins() {
        return estate.read(Estate::responders).stream()
                .filter(responder -> responder.role() == Role.ADMIN)
                .map(KnownResponder::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public int cutAlone(ResponderName by, Plan plan, Instant at) {
        return estate.read(e -> e.cutAlone(by, plan.ask(), at));
    }

    @Override
    public int toGrowAlone(ResponderName by, Plan plan, Instant at) {
        return estate.read(e -> e.toGrowAlone(by, plan.ask(), at));
    }

    @Override
    public List<Scope> protecting(WorkloadDeployed deployed) {
        return estate.read(e -> e.protecting(deployed));
    }

    @Override
    public Optional<ResponderName> holderOf(SlackUser slackUser) {
        return estate.read(e -> e.responderBySlackUser(slackUser)).map(KnownResponder::name);
    }
}
