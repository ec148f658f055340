package dev.firebreak.commandside.guardrail;

import dev.firebreak.eventlog.event.deployment.DeploymentEvent.WorkloadDeployed;
import dev.firebreak.eventlog.term.Plan;
import dev.firebreak.eventlog.term.ResponderName;
import dev.firebreak.eventlog.term.Scope;
import dev.firebreak.eventlog.term.SlackUser;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a decision needs to know from beyond its own stream. It is as old as the reader of the log
/// behind it: on another replica a freeze counts a moment after it was ordered.
public interface Facts {

    boolean automationFrozen();

    /// Everybody who holds the role of an admin.
    Set<ResponderName> admins();

    /// How many workloads, beside those that this plan touches, are cut by what this responder has
    /// in force at an instant and no second person said yes to.
    int cutAlone(ResponderName by, Plan plan, Instant at);

    /// How many more the same may come to cut as others join, without anybody asking again.
    int toGrowAlone(ResponderName by, Plan plan, Instant at);

    /// The protected scopes that take in a workload that is deployed so, by what it is called and
    /// not by where it runs.
    List<Scope> protecting(WorkloadDeployed deployed);

    /// The responder this Slack user is linked to.
    Optional<ResponderName> holderOf(SlackUser slackUser);
}
