package dev.firebreak.chatops.slack;

import dev.firebreak.chatops.Reply.Offer;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.PlanHash;
import dev.firebreak.eventlog.term.Ttl;
import java.time.Instant;

/// What a button means. Slack only ever holds the sealed form, see [Tickets].
sealed interface Press {

    /// Good for the one who asked, until the plan is too old to be remembered.
    record Apply(ContainmentId containment, Offer offer, String person, Instant validUntil)
            implements Press {}

    record Cancel() implements Press {}

    record Approve(ContainmentId containment, PlanHash looked) implements Press {}

    record Decline(ContainmentId containment) implements Press {}

    record Extend(ContainmentId containment, Ttl longer) implements Press {}

    record Release(ContainmentId containment) implements Press {}
}
