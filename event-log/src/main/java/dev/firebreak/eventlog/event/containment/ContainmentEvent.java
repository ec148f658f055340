package dev.firebreak.eventlog.event.containment;

import dev.firebreak.eventlog.event.Event;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.Gap;
import dev.firebreak.eventlog.term.IncidentId;
import dev.firebreak.eventlog.term.PartReport;
import dev.firebreak.eventlog.term.Plan;
import dev.firebreak.eventlog.term.PlanHash;
import dev.firebreak.eventlog.term.Reason;
import dev.firebreak.eventlog.term.ResponderName;
import dev.firebreak.eventlog.term.Ttl;
import dev.firebreak.eventlog.term.WorkloadName;
import java.time.Instant;
import java.util.List;

/// The life of a containment, in the order it is usually lived.
public sealed interface ContainmentEvent extends Event {

    ContainmentId containment();

    @Override
    default String stream() {
        return "containment/" + containment();
    }

    /// Somebody asked; `plan` is what that came to.
    record ContainmentRequested(
            ContainmentId containment,
            Plan plan,
            Ttl ttl,
            Reason reason,
            IncidentId incident,
            ResponderName by,
            Instant at)
            implements ContainmentEvent {}

    /// It is larger than the one who asked may order alone; without a second person's yes before
    /// `lapsesAt` the answer is no.
    record ApprovalRequired(
            ContainmentId containment, PlanHash plan, String because, Instant lapsesAt, Instant at)
            implements ContainmentEvent {}

    record ContainmentApproved(
            ContainmentId containment, PlanHash plan, ResponderName by, Instant at)
            implements ContainmentEvent {}

    /// It will not happen. `by` is Firebreak itself when the time for approval lapsed.
    record ContainmentDeclined(
            ContainmentId containment, Decline cause, String why, ResponderName by, Instant at)
            implements ContainmentEvent {}

    /// From here on enforcers are to hold it, until `expiresAt`. It may come to have `atMost`
    /// members, or as many as its plan reached if that is more; 0 in a log from before this was
    /// written down.
    record ContainmentOrdered(ContainmentId containment, Instant expiresAt, int atMost, Instant at)
            implements ContainmentEvent {
        public ContainmentOrdered {
            if (atMost < 0) {
                throw new IllegalArgumentException("fewer than no members: " + atMost);
            }
        }
    }

    /// Who joined its scope later, above what it may have, is not cut: this many workloads, of whom
    /// `names` are some; none when everybody is cut again.
    record MembersLeftOut(
            ContainmentId containment,
            int leftOut,
            List<WorkloadName> names,
            int atMost,
            Instant at)
            implements ContainmentEvent {

        public static final int MAX_NAMED = 20;

        public MembersLeftOut {
            names = names.stream().limit(MAX_NAMED).toList();
        }
    }

    /// Enforcers said how far they are, with holding or, after the release, with letting go.
    record EnforcementReported(ContainmentId containment, List<PartReport> reports, Instant at)
            implements ContainmentEvent {
        public EnforcementReported {
            reports = List.copyOf(reports);
        }
    }

    /// Measured: every part is in force and read back, and `verified` says which were probed.
    /// `gaps` are those whom its plan could give to no part, the first of them one by one.
    record Contained(
            ContainmentId containment, List<EnforcerName> verified, List<Gap> gaps, Instant at)
            implements ContainmentEvent {

        public static final int MAX_NAMED = 20;

        public Contained {
            verified = List.copyOf(verified);
            gaps = Gap.named(gaps, MAX_NAMED);
        }
    }

    /// Every part has answered or was given up waiting for, and some do not hold.
    record ContainedExcept(ContainmentId containment, List<EnforcerName> except, Instant at)
            implements ContainmentEvent {
        public ContainedExcept {
            except = List.copyOf(except);
        }
    }

    record ContainmentExtended(
            ContainmentId containment,
            Instant expiresAt,
            Reason reason,
            ResponderName by,
            Instant at)
            implements ContainmentEvent {}

    record ContainmentShortened(
            ContainmentId containment,
            Instant expiresAt,
            Reason reason,
            ResponderName by,
            Instant at)
            implements ContainmentEvent {}

    /// It has ended, once, whoever rang first; enforcers are to let go.
    record ContainmentReleased(
            ContainmentId containment, ReleaseCause cause, String why, ResponderName by, Instant at)
            implements ContainmentEvent {}

    /// Read back: no enforcer holds anything of it any more.
    record ContainmentLifted(ContainmentId containment, Instant at) implements ContainmentEvent {}
}
