package dev.firebreak.eventlog.log;

import static java.util.Map.entry;
import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.firebreak.eventlog.event.Event;
import dev.firebreak.eventlog.event.containment.ContainmentEvent;
import dev.firebreak.eventlog.event.control.ControlEvent;
import dev.firebreak.eventlog.event.deployment.DeploymentEvent;
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent;
import dev.firebreak.eventlog.event.flow.FlowEvent;
import dev.firebreak.eventlog.event.responder.ResponderEvent;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;

/// The one table of which record is stored under which name. A name stays for ever; when a record
/// changes its shape its revision rises and an [Upcaster] lifts the older ones.
final class EventNames {

    private static final Map<Class<? extends Event>, EventName> NAMES =
            Map.ofEntries(
                    named(ContainmentEvent.ContainmentRequested.class, "containment.requested", 2),
                    named(
                            ContainmentEvent.ApprovalRequired.class,
                            "containment.approval-required",
                            1),
                    named(ContainmentEvent.ContainmentApproved.class, "containment.approved", 1),
                    named(ContainmentEvent.ContainmentDeclined.class, "containment.declined", 1),
                    named(ContainmentEvent.ContainmentOrdered.class, "containment.ordered", 2),
                    named(ContainmentEvent.MembersLeftOut.class, "containment.members-left-out", 1),
                    named(
                            ContainmentEvent.EnforcementReported.class,
                            "containment.enforcement-reported",
                            2),
                    named(ContainmentEvent.Contained.class, "containment.contained", 2),
                    named(
                            ContainmentEvent.ContainedExcept.class,
                            "containment.contained-except",
                            1),
                    named(ContainmentEvent.ContainmentExtended.class, "containment.extended", 1),
                    named(ContainmentEvent.ContainmentShortened.class, "containment.shortened", 1),
                    named(ContainmentEvent.ContainmentReleased.class, "containment.released", 1),
                    named(ContainmentEvent.ContainmentLifted.class, "containment.lifted", 1),
                    named(ControlEvent.AutomationFrozen.class, "control.automation-frozen", 1),
                    named(ControlEvent.AutomationThawed.class, "control.automation-thawed", 1),
                    named(ControlEvent.CommandRefused.class, "control.command-refused", 2),
                    named(DeploymentEvent.WorkloadDeployed.class, "workload.deployed", 1),
                    named(DeploymentEvent.WorkloadRetired.class, "workload.retired", 1),
                    named(EnforcerEvent.EnrolmentOffered.class, "enforcer.enrolment-offered", 1),
                    named(EnforcerEvent.EnforcerEnrolled.class, "enforcer.enrolled", 1),
                    named(
                            EnforcerEvent.CertificateRenewed.class,
                            "enforcer.certificate-renewed",
                            1),
                    named(EnforcerEvent.EnforcerConnected.class, "enforcer.connected", 2),
                    named(EnforcerEvent.EnforcerSilent.class, "enforcer.silent", 1),
                    named(EnforcerEvent.CopyTurnedAway.class, "enforcer.copy-turned-away", 1),
                    named(EnforcerEvent.TamperingRepaired.class, "enforcer.tampering-repaired", 1),
                    named(EnforcerEvent.EnforcerRevoked.class, "enforcer.revoked", 1),
                    named(FlowEvent.DeniedFlowsSeen.class, "flow.denied", 1),
                    named(ResponderEvent.ResponderEnlisted.class, "responder.enlisted", 1),
                    named(ResponderEvent.RoleChanged.class, "responder.role-changed", 1),
                    named(ResponderEvent.SlackUserLinked.class, "responder.slack-user-linked", 1),
                    named(
                            ResponderEvent.SlackUserUnlinked.class,
                            "responder.slack-user-unlinked",
                            1),
                    named(ResponderEvent.TokenIssued.class, "responder.token-issued", 1),
                    named(ResponderEvent.TokenRevoked.class, "responder.token-revoked", 1),
                    named(ResponderEvent.ResponderDismissed.class, "responder.dismissed", 1));

    private static final Map<EventName, Class<? extends Event>> RECORDS =
            NAMES.entrySet().stream().collect(toUnmodifiableMap(Entry::getValue, Entry::getKey));

    private EventNames() {}

    static EventName of(Class<? extends Event> record) {
        var name = NAMES.get(record);
        if (name == null) {
            throw new IllegalStateException(record.getName() + " has no name in EventNames");
        }
        return name;
    }

    static Optional<Class<? extends Event>> record(EventName name) {
        return Optional.ofNullable(RECORDS.get(name));
    }

    /// Every record that can be stored.
    static Map<Class<? extends Event>, EventName> all() {
        return NAMES;
    }

    private static Entry<Class<? extends Event>, EventName> named(
            Class<? extends Event> record, String name, int revision) {
        return entry(record, new EventName(name, revision));
    }
}
