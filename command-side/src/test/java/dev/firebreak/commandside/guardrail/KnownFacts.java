package dev.firebreak.commandside.guardrail;

import dev.firebreak.eventlog.term.ResponderName;
import dev.firebreak.eventlog.term.SlackUser;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Facts that a test simply states.
public record KnownFacts(
        boolean automationFrozen, Set<ResponderName> admins, Map<SlackUser, ResponderName> holders)
        implements Facts {

    public static final Facts QUIET = new KnownFacts(false, Set.of(), Map.of());

    public static final Facts FROZEN = new KnownFacts(true, Set.of(), Map.of());

    @Override
    public Optional<ResponderName> holderOf(SlackUser slackUser) {
        return Optional.ofNullable(holders.get(slackUser));
    }
}
