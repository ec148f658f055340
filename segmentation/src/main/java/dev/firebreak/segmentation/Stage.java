package dev.firebreak.segmentation;

import dev.firebreak.eventlog.event.containment.Decline;
import dev.firebreak.eventlog.event.containment.ReleaseCause;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.ResponderName;
import java.time.Instant;
import java.util.List;

/// Where a containment is in its life.
public sealed interface Stage {

    /// Asked for, and nothing decided yet.
    record Requested() implements Stage {}

    record AwaitingApproval(String because, Instant lapsesAt) implements Stage {}

    record Declined(Decline cause, String why, ResponderName by, Instant at) implements Stage {}

    /// Ordered: enforcers are to hold it until `expiresAt`. `order` is the position of the event
    /// that ordered it.
    record Running(long order, Instant orderedAt, Instant expiresAt, Progress progress)
            implements Stage {}

    /// It has ended, and enforcers are letting go.
    record Releasing(
            Stage was, ReleaseCause cause, String why, ResponderName by, Instant releasedAt)
            implements Stage {}

    /// Nothing of it is left anywhere.
    record Lifted(Releasing was, Instant at) implements Stage {}

    /// How far a running containment is, by what the log concluded from its enforcers' reports.
    sealed interface Progress {
        record Pushing() implements Progress {}

        record Contained(List<EnforcerName> verified, Instant at) implements Progress {}

        record ContainedExcept(List<EnforcerName> except, Instant at) implements Progress {}
    }

    /// Whether it is in force, or ought to be, at an instant: ordered, not released, not expired.
    /// This is the only place that decides it; compiler, previews, reports and replay ask here.
    default boolean isActive(Instant at) {
        return this instanceof Running running && lasts(running.expiresAt(), at);
    }

    /// Whether something that ends at `expiresAt` still lasts at `at`; its last instant is the one
    /// before.
    static boolean lasts(Instant expiresAt, Instant at) {
        return at.isBefore(expiresAt);
    }

    /// Whether asking for the same again is asking for this one.
    default boolean isOpen(Instant at) {
        return switch (this) {
            case Requested _ -> true;
            case AwaitingApproval(_, var lapsesAt) -> lasts(lapsesAt, at);
            case Running(_, _, var expiresAt, _) -> lasts(expiresAt, at);
            case Declined _, Releasing _, Lifted _ -> false;
        };
    }

    /// Whether it can change no more.
    default boolean isOver() {
        return this instanceof Declined || this instanceof Lifted;
    }
}
