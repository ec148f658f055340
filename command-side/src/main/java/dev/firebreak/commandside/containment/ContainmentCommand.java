package dev.firebreak.commandside.containment;

import dev.firebreak.commandside.command.Command;
import dev.firebreak.eventlog.event.containment.ReleaseCause;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.IncidentId;
import dev.firebreak.eventlog.term.PartReport;
import dev.firebreak.eventlog.term.Plan;
import dev.firebreak.eventlog.term.PlanHash;
import dev.firebreak.eventlog.term.Reason;
import dev.firebreak.eventlog.term.Responder;
import dev.firebreak.eventlog.term.Ttl;
import dev.firebreak.eventlog.term.WorkloadName;
import java.time.Instant;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/// What can be asked of a containment.
public sealed interface ContainmentCommand extends Command {

    ContainmentId containment();

    @Override
    @TargetAggregateIdentifier
    default String target() {
        return "containment/" + containment();
    }

    /// Asks for it. `plan` was drawn just now; a person who looked at a plan first was shown the
    /// same hash, or the sender must not send this.
    record RequestContainment(
            ContainmentId containment,
            Plan plan,
            Ttl ttl,
            Reason reason,
            IncidentId incident,
            Responder by,
            Instant at)
            implements ContainmentCommand {

        @Override
        public String detail() {
            var ask = plan.ask();
            var wish =
                    switch (ask.effect()) {
                        case DENY -> "to cut %s from %s%s for %s";
                        case ALLOW -> "to let %s talk with %s%s for %s";
                    };
            return wish.formatted(
                    ask.subject(),
                    ask.peer(),
                    ask.ports().isAll() ? "" : " on ports " + ask.ports(),
                    ttl);
        }
    }

    /// A second person's yes to exactly the plan with this hash.
    record ApproveContainment(ContainmentId containment, PlanHash plan, Responder by, Instant at)
            implements ContainmentCommand {}

    /// A second person's no, or the requester taking it back.
    record DeclineContainment(ContainmentId containment, Reason reason, Responder by, Instant at)
            implements ContainmentCommand {}

    /// Nobody said yes in time.
    record LapseApproval(ContainmentId containment, Instant at) implements ContainmentCommand {}

    /// What enforcers answered, many at once.
    record RecordEnforcement(ContainmentId containment, List<PartReport> reports, Instant at)
            implements ContainmentCommand {
        public RecordEnforcement {
            reports = List.copyOf(reports);
        }
    }

    /// So many workloads are in its scope and not cut, for it has as many members as it may; some
    /// are named.
    record RecordLeftOut(
            ContainmentId containment,
            int leftOut,
            List<WorkloadName> names,
            int atMost,
            Instant at)
            implements ContainmentCommand {
        public RecordLeftOut {
            names = List.copyOf(names);
        }
    }

    /// Ends it `longer` later than it would have.
    record ExtendContainment(
            ContainmentId containment, Ttl longer, Reason reason, Responder by, Instant at)
            implements ContainmentCommand {

        @Override
        public String detail() {
            return "by " + longer;
        }
    }

    /// Ends it this long from now, which must be sooner than it would have.
    record ShortenContainment(
            ContainmentId containment, Ttl remaining, Reason reason, Responder by, Instant at)
            implements ContainmentCommand {

        @Override
        public String detail() {
            return "to " + remaining;
        }
    }

    /// Ends it now. By [ReleaseCause#EXPIRY] it is refused until the end has come. `why` is empty
    /// or spelled like a [Reason].
    record ReleaseContainment(
            ContainmentId containment, ReleaseCause cause, String why, Responder by, Instant at)
            implements ContainmentCommand {
        public ReleaseContainment {
            why = why.isBlank() ? "" : new Reason(why).text();
        }
    }
}
