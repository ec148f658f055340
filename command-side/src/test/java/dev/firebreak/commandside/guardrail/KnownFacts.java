package dev.firebreak.commandside.guardrail;

import dev.firebreak.eventlog.event.deployment.DeploymentEvent.WorkloadDeployed;
import dev.firebreak.eventlog.term.Labels;
import dev.firebreak.eventlog.term.Plan;
import dev.firebreak.eventlog.term.ResponderName;
import dev.firebreak.eventlog.term.Scope;
import dev.firebreak.eventlog.term.SlackUser;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Facts that a test simply states.
public record KnownFacts(
        boolean automationFrozen,
        Set<ResponderName> admins,
        Map<SlackUser, ResponderName> holders,
        Map<ResponderName, Integer> cutAlone,
        Map<ResponderName, Integer> toGrowAlone,
        List<Labels> protectedLabels)
        implements Facts {

    public static final Facts QUIET = new KnownFacts(false, Set.of(), Map.of());

    public static final Facts FROZEN = new KnownFacts(true, Set.of(), Map.of());

    /// Nobody has cut off anything.
    public KnownFacts(
            boolean automationFrozen,
            Set<ResponderName> admins,
            Map<SlackUser, ResponderName> holders) {
        this(automationFrozen, admins, holders, Map.of(), Map.of(), List.of());
    }

    @Override
    public List<Scope> protecting(WorkloadDeployed deployed) {
        return protectedLabels.stream()
                .filter(deployed.labels()::hold)
                .<Scope>map(Scope.Labelled::new)
                .toList();
    }

    @Override
    public int cutAlone(ResponderName by, Plan plan, Instant at) {
        return cutAlone.getOrDefault(by, 0);
    }

    @Override
    public int toGrowAlone(ResponderName by, Plan plan, Instant at) {
        return toGrowAlone.getOrDefault(by, 0);
    }

    @Override
    public Optional<ResponderName> holderOf(SlackUser slackUser) {
        return Optional.ofNullable(holders.get(slackUser));
    }
}
