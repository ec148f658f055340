package dev.firebreak.chatops.grammar;

import dev.firebreak.eventlog.term.Ask;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.Environment;
import dev.firebreak.eventlog.term.IncidentId;
import dev.firebreak.eventlog.term.Labels;
import dev.firebreak.eventlog.term.Placement;
import dev.firebreak.eventlog.term.Reason;
import dev.firebreak.eventlog.term.ResponderName;
import dev.firebreak.eventlog.term.Role;
import dev.firebreak.eventlog.term.SlackUser;
import dev.firebreak.eventlog.term.Ttl;
import dev.firebreak.eventlog.term.WorkloadName;
import java.util.List;
import java.util.Optional;

/// What somebody typed, understood; nobody has been asked yet whether they may.
public sealed interface Request {

    /// What becomes one command as it stands.
    sealed interface Change extends Request {}

    /// What is for a terminal only: secrets, and answers too long for a channel.
    sealed interface OnTerminal extends Request {}

    /// Everything that is contained now: also what typing nothing means.
    record ShowActive() implements Request {}

    record ShowContainment(ContainmentId containment) implements Request {}

    /// What it would come to; `--dry-run` of a contain is this too.
    record DrawPlan(Ask ask) implements Request {}

    record Contain(Ask ask, Ttl ttl, Reason reason, IncidentId incident) implements Request {

        /// As it could be typed again: the echo of what was understood.
        public String line() {
            return Spelling.of(this);
        }
    }

    record Extend(ContainmentId containment, Ttl longer, Reason reason) implements Change {}

    record Shorten(ContainmentId containment, Ttl remaining, Reason reason) implements Change {}

    record Release(ContainmentId containment, Reason reason) implements Change {}

    record Approve(ContainmentId containment) implements Request {}

    record Decline(ContainmentId containment, Reason reason) implements Change {}

    record Freeze(Reason reason) implements Change {}

    record Thaw(Reason reason) implements Change {}

    record WhoAmI() implements Request {}

    /// Help on one verb, or on all.
    record Help(Optional<String> verb) implements Request {}

    /// Where a workload runs; `owner` is empty when nobody said.
    record Deploy(
            WorkloadName workload,
            Environment environment,
            String owner,
            Labels labels,
            List<Placement> placements)
            implements Change {
        public Deploy {
            placements = List.copyOf(placements);
        }
    }

    record Retire(WorkloadName workload, Reason reason) implements Change {}

    record ListWorkloads() implements Request {}

    record ListEnforcers() implements Request {}

    /// Asks for a one-time token, which is a secret.
    record EnrolEnforcer(EnforcerName enforcer) implements OnTerminal {}

    record RevokeEnforcer(EnforcerName enforcer, Reason reason) implements OnTerminal {}

    record ListResponders() implements Request {}

    record EnlistResponder(ResponderName responder, Role role) implements OnTerminal {}

    record ChangeRole(ResponderName responder, Role role) implements OnTerminal {}

    record DismissResponder(ResponderName responder) implements OnTerminal {}

    record LinkSlackUser(ResponderName responder, SlackUser slackUser) implements OnTerminal {}

    record UnlinkSlackUser(ResponderName responder, SlackUser slackUser) implements OnTerminal {}

    /// Asks for a bearer token, which is a secret.
    record IssueToken(ResponderName responder, int days) implements OnTerminal {}

    record RevokeToken(ResponderName responder, String tokenId) implements OnTerminal {}

    /// With `all`, each entry of the log; otherwise what repeats itself is told once.
    record ReplayContainment(ContainmentId containment, boolean all) implements OnTerminal {}

    /// `all` as for a containment.
    record ReplaySpan(Moment from, Moment until, boolean all) implements OnTerminal {}

    /// Which denies were active at that moment.
    record ReplayAt(Moment at) implements OnTerminal {}

    record VerifyAudit() implements OnTerminal {}

    /// Whether this terminal can reach and use the service.
    record Diagnose() implements OnTerminal {}

    /// The completion script for bash and zsh.
    record PrintCompletion() implements OnTerminal {}
}
