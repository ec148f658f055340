package dev.firebreak.commandside.guardrail;

import dev.firebreak.eventlog.term.Plan;
import dev.firebreak.eventlog.term.ResponderName;
import dev.firebreak.eventlog.term.SlackUser;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Facts that a test simply states.
public record KnownFacts(
        boolean automationFrozen,
        Set<ResponderName> admins,
        Map<SlackUser, ResponderName> holders,
        Map<ResponderName, Integer> cutAlone)
        implements Facts {

    public static final Facts QUIET = new KnownFacts(false, Set.of(), Map.of(), Map.of());

    public static final Facts FROZEN = new KnownFacts(true, Set.of(), Map.of(), Map.of());

    /// Nobody has cut off anything.
    public KnownFacts(
            boolean automationFrozen,
            Set<ResponderName> admins,
            Map<SlackUser, ResponderName> holders) {
        this(automationFrozen, admins, holders, Map.of());
    }

    @Override
    public int cutAlone(ResponderName by, Plan plan, Instant at) {
        return cutAlone.getOrDefault(by, 0);
    }

    @Override
    public Optional<ResponderName> holderOf(SlackUser slackUser) {
        return Optional.ofNullable(holders.get(slackUser));
    }
}
