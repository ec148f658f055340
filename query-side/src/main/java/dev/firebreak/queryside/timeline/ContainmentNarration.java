package dev.firebreak.queryside.timeline;

import static dev.firebreak.queryside.timeline.Narration.stopped;

import dev.firebreak.eventlog.event.containment.ContainmentEvent;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ApprovalRequired;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.Contained;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainedExcept;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentApproved;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentDeclined;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentExtended;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentLifted;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentOrdered;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentReleased;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentRequested;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentShortened;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.EnforcementReported;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.MembersLeftOut;
import dev.firebreak.eventlog.event.containment.Decline;
import dev.firebreak.eventlog.event.containment.ReleaseCause;
import dev.firebreak.eventlog.term.Ask;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.Gap;
import dev.firebreak.eventlog.term.PartReport;
import dev.firebreak.eventlog.term.Peer;
import dev.firebreak.eventlog.term.Phrases;
import dev.firebreak.eventlog.term.Plan;
import dev.firebreak.eventlog.term.Reach;
import dev.firebreak.eventlog.term.ResponderName;
import dev.firebreak.eventlog.term.WorkloadName;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/// The life of a containment in sentences.
final class ContainmentNarration {
    private static final int MAX_NAMED = 10;

    private ContainmentNarration() {}

    static String sentence(ContainmentEvent event) {
        return switch (event) {
            case ContainmentRequested requested -> requested(requested);
            case ApprovalRequired(_, _, var because, var lapsesAt, _) ->
                    "A second person has to agree by %s: %s"
                            .formatted(Phrases.time(lapsesAt), stopped(because));
            case ContainmentApproved(_, var plan, var by, _) ->
                    "%s approved plan %s.".formatted(by, plan.value().substring(0, 12));
            case ContainmentDeclined(_, var cause, var why, var by, _) -> declined(cause, why, by);
            case ContainmentOrdered(_, var expiresAt, _, _) ->
                    "Ordered; it holds until %s.".formatted(Phrases.time(expiresAt));
            case MembersLeftOut(_, var leftOut, var names, var atMost, _) ->
                    leftOut(leftOut, names, atMost);
            case EnforcementReported(_, var reports, _) -> reported(reports);
            case Contained(_, var verified, var gaps, _) ->
                    "Contained%s: every part is in force and was read back%s."
                            .formatted(
                                    except(gaps),
                                    verified.isEmpty()
                                            ? ""
                                            : "; probed and refused on " + names(verified));
            case ContainedExcept(_, var except, _) ->
                    "Every part was looked at; not in force, or not for everybody, on %s."
                            .formatted(names(except));
            case ContainmentExtended(_, var expiresAt, var reason, var by, _) ->
                    "%s extended it to %s: %s"
                            .formatted(by, Phrases.time(expiresAt), stopped(reason.text()));
            case ContainmentShortened(_, var expiresAt, var reason, var by, _) ->
                    "%s shortened it to %s: %s"
                            .formatted(by, Phrases.time(expiresAt), stopped(reason.text()));
            case ContainmentReleased(_, var cause, var why, var by, _) -> released(cause, why, by);
            case ContainmentLifted _ -> "Lifted: no enforcer holds anything of it any more.";
        };
    }

    /// Whom every part together does not cut.
    private static String except(List<Gap> gaps) {
        return gaps.isEmpty()
                ? ""
                : " except what its plan could not cover (%s)"
                        .formatted(list(Gap.named(gaps, MAX_NAMED)));
    }

    private static String leftOut(int leftOut, List<WorkloadName> names, int atMost) {
        if (leftOut == 0) {
            return "Everybody in its scope is cut again.";
        }
        var shown = names.stream().limit(MAX_NAMED).map(WorkloadName::toString).toList();
        return "Not cut, because they joined later or moved, above the %d that were allowed: %s%s. Asking for it again takes them in."
                .formatted(
                        atMost,
                        String.join(", ", shown),
                        leftOut > shown.size()
                                ? " and %d more".formatted(leftOut - shown.size())
                                : "");
    }

    private static String requested(ContainmentRequested event) {
        return "%s asked to %s for %s: %s%s %s"
                .formatted(
                        event.by(),
                        ask(event.plan().ask()),
                        event.ttl(),
                        stopped(event.reason().text()),
                        event.incident().isNone()
                                ? ""
                                : " Incident %s.".formatted(event.incident()),
                        reach(event.plan()));
    }

    /// `cut workload/shop/cart from everyone, both directions, all ports`.
    static String ask(Ask ask) {
        var verb =
                switch (ask.effect()) {
                    case DENY -> "cut %s from %s";
                    case ALLOW -> "allow %s to talk with %s";
                };
        var direction =
                switch (ask.direction()) {
                    case BOTH -> "both directions";
                    case INGRESS -> "ingress only";
                    case EGRESS -> "egress only";
                };
        return "%s, %s, %s%s"
                .formatted(
                        verb.formatted(ask.subject(), peer(ask.peer())),
                        direction,
                        ask.ports().isAll() ? "all ports" : "ports " + ask.ports(),
                        ask.on().isEmpty() ? "" : ", only on " + names(ask.on()));
    }

    private static String peer(Peer peer) {
        return peer.toString();
    }

    private static String reach(Plan plan) {
        return "It reaches %d of %d workloads by %d %s.%s%s"
                .formatted(
                        plan.reach().members(),
                        plan.reach().fleet(),
                        plan.parts().size(),
                        plan.parts().size() == 1 ? "enforcer" : "enforcers",
                        neighbours(plan.reach()),
                        notHeld(plan.gaps()));
    }

    private static String notHeld(List<Gap> gaps) {
        return gaps.isEmpty() ? "" : " Not held: %s.".formatted(list(Gap.named(gaps, MAX_NAMED)));
    }

    private static String list(List<Gap> gaps) {
        return gaps.stream().map(ContainmentNarration::gap).collect(Collectors.joining("; "));
    }

    private static String neighbours(Reach reach) {
        return reach.neighbours().isEmpty()
                ? ""
                : " It also cuts %s."
                        .formatted(
                                reach.neighbours().stream()
                                        .limit(MAX_NAMED)
                                        .map(each -> each.workload() + ", because " + each.why())
                                        .collect(Collectors.joining("; ")));
    }

    private static String gap(Gap gap) {
        return gap.what() + ", because " + gap.why();
    }

    private static String declined(Decline cause, String why, ResponderName by) {
        return switch (cause) {
            case REFUSED -> "%s declined it: %s".formatted(by, stopped(why));
            case WITHDRAWN -> "%s withdrew it: %s".formatted(by, stopped(why));
            case LAPSED -> "Nobody approved it in time; it will not happen.";
        };
    }

    private static String released(ReleaseCause cause, String why, ResponderName by) {
        return switch (cause) {
            case PERSON -> "%s released it: %s".formatted(by, stopped(why));
            case EXPIRY -> "Its time was over; it was released.";
            case ROLLBACK -> "It was rolled back: %s".formatted(stopped(why));
        };
    }

    private static String reported(List<PartReport> reports) {
        var said =
                reports.stream()
                        .limit(MAX_NAMED)
                        .map(ContainmentNarration::report)
                        .collect(Collectors.joining(" "));
        return reports.size() > MAX_NAMED
                ? said + " And %d more.".formatted(reports.size() - MAX_NAMED)
                : said;
    }

    private static String report(PartReport report) {
        var sessions =
                report.sessions().ended() + report.sessions().surviving() == 0
                        ? ""
                        : " Sessions ended: %d, still open: %d."
                                .formatted(
                                        report.sessions().ended(), report.sessions().surviving());
        var sentence = report.sentence().isBlank() ? "" : ": " + report.sentence();
        return stopped("%s %s%s".formatted(report.enforcer(), report.state().text(), sentence))
                + notHeld(report.gaps())
                + sessions;
    }

    private static String names(Collection<EnforcerName> names) {
        var shown =
                names.stream()
                        .limit(MAX_NAMED)
                        .map(EnforcerName::toString)
                        .collect(Collectors.joining(", "));
        return names.size() > MAX_NAMED
                ? shown + " and %d more".formatted(names.size() - MAX_NAMED)
                : shown;
    }
}
