package dev.firebreak.queryside.timeline;

import dev.firebreak.eventlog.event.Event;
import dev.firebreak.eventlog.event.containment.ContainmentEvent;
import dev.firebreak.eventlog.event.control.ControlEvent;
import dev.firebreak.eventlog.event.control.ControlEvent.AutomationFrozen;
import dev.firebreak.eventlog.event.control.ControlEvent.AutomationThawed;
import dev.firebreak.eventlog.event.control.ControlEvent.CommandRefused;
import dev.firebreak.eventlog.event.deployment.DeploymentEvent;
import dev.firebreak.eventlog.event.deployment.DeploymentEvent.WorkloadDeployed;
import dev.firebreak.eventlog.event.deployment.DeploymentEvent.WorkloadRetired;
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent;
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent.CertificateRenewed;
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent.CopyTurnedAway;
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent.EnforcerConnected;
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent.EnforcerEnrolled;
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent.EnforcerRevoked;
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent.EnforcerSilent;
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent.EnrolmentOffered;
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent.TamperingRepaired;
import dev.firebreak.eventlog.event.flow.FlowEvent;
import dev.firebreak.eventlog.event.flow.FlowEvent.DeniedFlowsSeen;
import dev.firebreak.eventlog.event.responder.ResponderEvent;
import dev.firebreak.eventlog.event.responder.ResponderEvent.ResponderDismissed;
import dev.firebreak.eventlog.event.responder.ResponderEvent.ResponderEnlisted;
import dev.firebreak.eventlog.event.responder.ResponderEvent.RoleChanged;
import dev.firebreak.eventlog.event.responder.ResponderEvent.SlackUserLinked;
import dev.firebreak.eventlog.event.responder.ResponderEvent.SlackUserUnlinked;
import dev.firebreak.eventlog.event.responder.ResponderEvent.TokenIssued;
import dev.firebreak.eventlog.event.responder.ResponderEvent.TokenRevoked;
import dev.firebreak.eventlog.log.LogEntry;
import dev.firebreak.eventlog.log.UnreadableEvent;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.Phrases;
import dev.firebreak.eventlog.term.Placement;
import dev.firebreak.eventlog.term.Role;
import dev.firebreak.eventlog.term.Scope;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Every event as one sentence for a person, the same in timelines, replays and reports.
public final class Narration {
    private static final String CONTAINMENT = "containment/";

    /// A running agent reads every rule again so often; one that was down looks when it starts.
    private static final int LOOKS_EVERY_SECONDS = 10;

    private Narration() {}

    /// Without the subjects of containments, which other entries tell.
    public static TimelineLine line(LogEntry entry) {
        return line(entry, _ -> Optional.empty());
    }

    /// What was denied is told with the subject of the containment that denied it, where that is
    /// known.
    public static TimelineLine line(
            LogEntry entry, Function<ContainmentId, Optional<Scope>> subjects) {
        return line(Told.once(entry), subjects);
    }

    public static TimelineLine line(Told told, Function<ContainmentId, Optional<Scope>> subjects) {
        var entry = told.entry();
        return new TimelineLine(
                entry.position(),
                entry.event().at(),
                entry.recordedAt(),
                entry.provenance().by().value(),
                entry.provenance().surface().name().toLowerCase(Locale.ROOT),
                entry.event().stream(),
                containments(entry.event()),
                sentence(entry.event(), subjects) + repeated(told),
                told.firstAt(),
                told.entries());
    }

    private static String sentence(Event event, Function<ContainmentId, Optional<Scope>> subjects) {
        return event instanceof DeniedFlowsSeen seen
                ? new FlowNarration(subjects).sentence(seen)
                : sentence(event);
    }

    private static String repeated(Told told) {
        return told.entries() == 1
                ? ""
                : " Told %d times, from %s to %s."
                        .formatted(
                                told.entries(),
                                Phrases.time(told.firstAt()),
                                Phrases.time(told.entry().event().at()));
    }

    private static List<String> containments(Event event) {
        return switch (event) {
            case ContainmentEvent containment -> List.of(containment.containment().value());
            case DeniedFlowsSeen seen ->
                    FlowNarration.containments(seen).stream().map(ContainmentId::value).toList();
            case CommandRefused refused -> ofStream(refused.target());
            default -> ofStream(event.stream());
        };
    }

    private static List<String> ofStream(String stream) {
        return stream.startsWith(CONTAINMENT)
                ? List.of(stream.substring(CONTAINMENT.length()))
                : List.of();
    }

    public static String sentence(Event event) {
        return switch (event) {
            case ContainmentEvent containment -> ContainmentNarration.sentence(containment);
            case DeploymentEvent deployment -> sentence(deployment);
            case EnforcerEvent enforcer -> sentence(enforcer);
            case ResponderEvent responder -> sentence(responder);
            case ControlEvent control -> sentence(control);
            case FlowEvent flow -> sentence(flow);
            case UnreadableEvent unreadable ->
                    "Something happened to %s that this release cannot read: %s."
                            .formatted(unreadable.stream(), unreadable.why());
            default ->
                    "Something happened to %s that this release has no words for."
                            .formatted(event.stream());
        };
    }

    private static String sentence(DeploymentEvent event) {
        return switch (event) {
            case WorkloadDeployed(
                            var name,
                            var env,
                            var owner,
                            var labels,
                            var places,
                            var by,
                            _) ->
                    "%s recorded that %s runs in %s%s%s%s."
                            .formatted(
                                    by,
                                    name,
                                    env,
                                    places(places),
                                    labels.values().isEmpty() ? "" : ", with " + labels,
                                    owner.isEmpty() ? "" : ", owned by " + owner);
            case WorkloadRetired(var name, var reason, var by, _) ->
                    "%s retired %s: %s".formatted(by, name, stopped(reason.text()));
        };
    }

    private static String places(List<Placement> placements) {
        return placements.isEmpty()
                ? ", nobody said where"
                : placements.stream()
                        .map(Narration::place)
                        .collect(Collectors.joining(", ", ": ", ""));
    }

    private static String place(Placement placement) {
        return switch (placement) {
            case Placement.OnHost(var host, var cgroup) -> "host/%s%s".formatted(host, cgroup);
            case Placement.Pods(var cluster, var selector) ->
                    "pods %s in %s".formatted(selector, cluster);
            case Placement.NetworkInterface(var eni) -> eni;
            case Placement.Address(var address) -> address.value();
        };
    }

    private static String sentence(EnforcerEvent event) {
        return switch (event) {
            case EnrolmentOffered(var name, _, var expiresAt, var by, _) ->
                    "%s offered %s an enrolment, good once until %s."
                            .formatted(by, name, Phrases.time(expiresAt));
            case EnforcerEnrolled(var name, var certificate, var endsAt, _) ->
                    "%s enrolled with certificate %s, good until %s."
                            .formatted(name, brief(certificate), Phrases.time(endsAt));
            case CertificateRenewed(var name, var certificate, var endsAt, _) ->
                    "%s renewed its certificate to %s, good until %s."
                            .formatted(name, brief(certificate), Phrases.time(endsAt));
            case EnforcerConnected(var name, _, var version, var kernel, _, _, _) ->
                    "%s connected: agent %s on kernel %s.".formatted(name, version, kernel);
            case EnforcerSilent(var name, var heardAt, _) ->
                    "%s went silent; it was last heard at %s, and what it holds now is unknown."
                            .formatted(name, Phrases.time(heardAt));
            case CopyTurnedAway(var name, _, var from, var copyFrom, _) ->
                    ("Somebody with the certificate of %1$s was turned away at %2$s, for %1$s is"
                                    + " connected from %3$s and alive. Unless that is a second agent"
                                    + " on the same host the certificate was copied: revoke %1$s and"
                                    + " enrol it again.")
                            .formatted(name, copyFrom, from);
            case TamperingRepaired(var name, var differences, var count, _, _) ->
                    ("Somebody with root rights on %1$s had changed what the kernel holds for it,"
                                    + " behind its back (differences: %2$d), and %1$s put it"
                                    + " right. %3$s")
                            .formatted(name, differences, mayNotHaveHeld(count));
            case EnforcerRevoked(var name, var reason, var by, _) ->
                    "%s revoked %s: %s".formatted(by, name, stopped(reason.text()));
        };
    }

    private static String mayNotHaveHeld(int count) {
        return count == 0
                ? "No deny was touched."
                : "Until then, since it last looked (every %d s while it runs), denies may not have held: %d."
                        .formatted(LOOKS_EVERY_SECONDS, count);
    }

    private static String sentence(ResponderEvent event) {
        return switch (event) {
            case ResponderEnlisted(var name, var role, var by, _) ->
                    "%s enlisted %s as %s.".formatted(by, name, text(role));
            case RoleChanged(var name, var role, var by, _) ->
                    "%s made %s %s.".formatted(by, name, text(role));
            case SlackUserLinked(var name, var user, var by, _) ->
                    "%s linked the Slack user %s to %s.".formatted(by, user, name);
            case SlackUserUnlinked(var name, var user, var by, _) ->
                    "%s unlinked the Slack user %s from %s.".formatted(by, user, name);
            case TokenIssued(var name, var id, _, var expiresAt, var by, _) ->
                    "%s issued token %s to %s, good until %s."
                            .formatted(by, id, name, Phrases.time(expiresAt));
            case TokenRevoked(var name, var id, var by, _) ->
                    "%s revoked token %s of %s.".formatted(by, id, name);
            case ResponderDismissed(var name, var by, _) ->
                    "%s dismissed %s; no token or identity of theirs is accepted any more."
                            .formatted(by, name);
        };
    }

    private static String sentence(ControlEvent event) {
        return switch (event) {
            case AutomationFrozen(var reason, var by, _) ->
                    "%s froze automation: %s".formatted(by, stopped(reason.text()));
            case AutomationThawed(var reason, var by, _) ->
                    "%s let automation run again: %s".formatted(by, stopped(reason.text()));
            case CommandRefused refused -> refused(refused);
        };
    }

    private static String refused(CommandRefused event) {
        var unrecorded =
                event.unrecorded() == 0
                        ? ""
                        : " (%d refusals before it were over the budget and are only counted)"
                                .formatted(event.unrecorded());
        return "%s tried to %s and was refused: %s%s"
                .formatted(event.by(), tried(event), stopped(event.sentence()), unrecorded);
    }

    private static String sentence(FlowEvent event) {
        return switch (event) {
            case DeniedFlowsSeen seen -> new FlowNarration(_ -> Optional.empty()).sentence(seen);
        };
    }

    /// A command by its name in the log, such as `ReleaseContainment`, and what it was about:
    /// `extend containment C-7F3K9QX by 4h`, `issue token of responder/ann`.
    private static String tried(CommandRefused event) {
        var words = event.command().replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
        var noun = words.substring(words.lastIndexOf(' ') + 1);
        var asked =
                event.target().startsWith(noun + "/")
                        ? words + event.target().substring(noun.length()).replaceFirst("/", " ")
                        : event.target().equals(noun) ? words : words + " of " + event.target();
        return event.detail().isEmpty() ? asked : asked + " " + event.detail();
    }

    static String text(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String text(Role role) {
        return (role == Role.ADMIN || role == Role.APPROVER ? "an " : "a ") + text((Enum<?>) role);
    }

    /// What somebody wrote, ended like a sentence.
    static String stopped(String text) {
        return text.endsWith(".") || text.endsWith("!") || text.endsWith("?") ? text : text + ".";
    }

    private static String brief(String hash) {
        return hash.substring(0, Math.min(hash.length(), 12));
    }
}
