package dev.firebreak.segmentation;

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
import dev.firebreak.eventlog.event.control.ControlEvent;
import dev.firebreak.eventlog.event.control.ControlEvent.AutomationFrozen;
import dev.firebreak.eventlog.event.control.ControlEvent.AutomationThawed;
import dev.firebreak.eventlog.event.control.ControlEvent.CommandRefused;
import dev.firebreak.eventlog.event.deployment.DeploymentEvent;
import dev.firebreak.eventlog.event.deployment.DeploymentEvent.WorkloadDeployed;
import dev.firebreak.eventlog.event.deployment.DeploymentEvent.WorkloadRetired;
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent;
import dev.firebreak.eventlog.event.responder.ResponderEvent;
import dev.firebreak.eventlog.log.LogEntry;
import dev.firebreak.eventlog.term.Ask;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.HostName;
import dev.firebreak.eventlog.term.PartReport;
import dev.firebreak.eventlog.term.ResponderName;
import dev.firebreak.eventlog.term.Scope;
import dev.firebreak.eventlog.term.SlackUser;
import dev.firebreak.eventlog.term.WorkloadName;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// All that the log implies at one position: workloads, enforcers, responders, containments.
///
/// Folding the same entries gives an equal estate everywhere. An entry is taken once, however often
/// it is delivered; one that this version cannot read, or that speaks of something unknown, changes
/// nothing. It is not safe for several threads; [LiveEstate] is.
public final class Estate {
    private final Inventory inventory = new Inventory();
    private final Enforcers enforcers = new Enforcers();
    private final Responders responders = new Responders();
    private final Containments containments = new Containments();
    private final Resolution resolution = new Resolution(inventory, enforcers);
    private final Admission admission = new Admission(inventory);
    private final Sanctuary sanctuary;
    private final Overlay overlay;
    private boolean frozen;
    private long position;

    public Estate() {
        this(List.of());
    }

    /// What is protected is a setting and not in the log: it is left out of what is desired.
    public Estate(List<Scope> protectedScopes) {
        this.sanctuary = new Sanctuary(inventory, protectedScopes);
        this.overlay = new Overlay(containments, resolution, admission, sanctuary);
    }

    public void apply(LogEntry entry) {
        if (entry.position() <= position) {
            return;
        }
        position = entry.position();
        switch (entry.event()) {
            case ContainmentEvent event -> apply(event);
            case DeploymentEvent event -> apply(event);
            case EnforcerEvent event -> apply(event);
            case ResponderEvent event -> responders.apply(event);
            case ControlEvent event -> apply(event);
            default -> {} // Telemetry, families to come, and what cannot be read change no estate.
        }
    }

    /// The position of the last entry taken; 0 before the first.
    public long position() {
        return position;
    }

    public boolean automationFrozen() {
        return frozen;
    }

    public Optional<KnownWorkload> workload(WorkloadName name) {
        return inventory.find(name);
    }

    public Collection<KnownWorkload> workloads() {
        return List.copyOf(inventory.all());
    }

    /// The workloads of a scope now, by name; of a host those that run on it, of an address block
    /// those with an address in it.
    public List<KnownWorkload> members(Scope scope) {
        return inventory.members(scope);
    }

    /// Who is said to run in which cgroup of a host.
    public List<KnownWorkload.InCgroup> cgroupsOn(HostName host) {
        return inventory.on(host).stream()
                .flatMap(workload ->
                        workload.cgroupsOn(host).stream()
                                .map(path -> new KnownWorkload.InCgroup(workload.name(), path)))
                .toList();
    }

    public Optional<KnownEnforcer> enforcer(EnforcerName name) {
        return enforcers.find(name);
    }

    public List<KnownEnforcer> enforcers() {
        return List.copyOf(enforcers.all());
    }

    public Optional<KnownResponder> responder(ResponderName name) {
        return responders.find(name);
    }

    public List<KnownResponder> responders() {
        return List.copyOf(responders.all());
    }

    /// Whose token this is, by its SHA-256 in hex; nobody's once it has expired or was revoked.
    public Optional<KnownResponder> responderByToken(String sha256Hex, Instant now) {
        return responders.byToken(sha256Hex, now);
    }

    public Optional<KnownResponder> responderBySlackUser(SlackUser user) {
        return responders.bySlackUser(user);
    }

    /// Any that is not over, and the last thousand that are.
    public Optional<KnownContainment> containment(ContainmentId id) {
        return containments.find(id);
    }

    /// Every containment that is not over: awaiting, running or letting go, in the order asked.
    public List<KnownContainment> openContainments() {
        return List.copyOf(containments.live());
    }

    /// See [Stage#isActive].
    public List<KnownContainment> activeContainments(Instant at) {
        return containments.running().stream().filter(known -> known.isActive(at)).toList();
    }

    /// The enforcers that a running containment puts a deny on now.
    public Set<EnforcerName> enforcersHolding(ContainmentId id) {
        return Set.copyOf(overlay.holding(id));
    }

    /// Who is in a containment now; none when it is over or was never asked for.
    public Optional<Presence> presence(ContainmentId id) {
        return containments
                .find(id)
                .filter(known -> !(known.stage() instanceof Stage.Releasing))
                .filter(known -> !known.stage().isOver())
                .map(known ->
                        admission
                                .places(id)
                                .map(places -> Presence.of(this, known, places))
                                .orElseGet(() -> Presence.ofWhole(this, known)));
    }

    /// The containments active at an instant that cut this workload, or what it was when they were
    /// asked for, or everything at a place where it runs; those of hosts and address blocks apart,
    /// which cut whatever is there.
    public List<KnownContainment> cutting(WorkloadName name, Instant at) {
        return activeContainments(at).stream()
                .filter(known ->
                        admission.places(known.id()).stream()
                                .anyMatch(places -> places.concerns(name)))
                .toList();
    }

    /// How many workloads, beside those that this ask touches, are cut by what somebody has in
    /// force without a second person's yes.
    public int cutAlone(ResponderName by, Ask ask, Instant at) {
        return alone(by, at).beside(ask, Reaching.touched(this, ask));
    }

    /// How many more the same may come to cut as others join, without anybody asking again.
    public int toGrowAlone(ResponderName by, Ask ask, Instant at) {
        return alone(by, at).toGrow(ask);
    }

    private CutAlone alone(ResponderName by, Instant at) {
        var alone = new CutAlone();
        activeContainments(at).stream()
                .filter(known -> known.requestedBy().equals(by) && known.approvedBy().isEmpty())
                .forEach(known -> {
                    var plan = known.plan();
                    var reached = plan.reach().members();
                    var promised = admission.places(known.id()).map(Places::atMost);
                    alone.add(plan.ask(), reached, promised.orElse(reached), touched(known));
                });
        return alone;
    }

    private Set<WorkloadName> touched(KnownContainment known) {
        return admission
                .places(known.id())
                .map(Places::touched)
                .orElseGet(() -> Reaching.touched(this, known.plan().ask()));
    }

    /// What asking for this now is called: the open one's name, or a fresh one. Where the open one
    /// leaves somebody out, asking again is asking for more.
    ContainmentId name(Ask ask, Instant now) {
        return containments
                .open(ask, now)
                .filter(id -> admission.places(id).filter(p -> !p.leftOut().isEmpty()).isEmpty())
                .orElseGet(() -> containments.fresh(ask));
    }

    Inventory inventory() {
        return inventory;
    }

    Enforcers enforcerIndex() {
        return enforcers;
    }

    Containments containments() {
        return containments;
    }

    Resolution resolution() {
        return resolution;
    }

    /// The protected scopes that take in a workload that is deployed so, by what it is called: its
    /// name, labels, environment or tenant.
    public List<Scope> protecting(WorkloadDeployed deployed) {
        return sanctuary.protecting(known(deployed));
    }

    Sanctuary sanctuary() {
        return sanctuary;
    }

    Admission admission() {
        return admission;
    }

    Overlay overlay() {
        return overlay;
    }

    private void apply(ContainmentEvent event) {
        containments.apply(event, position);
        admission.apply(event);
        switch (event) {
            case ContainmentOrdered _,
                    ContainmentExtended _,
                    ContainmentShortened _,
                    ContainmentReleased _ ->
                    overlay.containmentChanged(event.containment(), position);
            case EnforcementReported(_, var reports, _) ->
                    reports.stream().filter(PartReport::wasHeard).forEach(enforcers::heard);
            case ContainmentRequested _,
                    ApprovalRequired _,
                    ContainmentApproved _,
                    ContainmentDeclined _,
                    MembersLeftOut _,
                    Contained _,
                    ContainedExcept _,
                    ContainmentLifted _ -> {}
        }
    }

    private void apply(DeploymentEvent event) {
        var before = inventory.find(event.workload());
        switch (event) {
            case WorkloadDeployed deployed -> inventory.put(known(deployed));
            case WorkloadRetired retired -> inventory.remove(retired.workload());
        }
        overlay.workloadChanged(
                before,
                inventory.find(event.workload()),
                admission.workloadChanged(event.workload()),
                position);
    }

    private void apply(EnforcerEvent event) {
        var before = enforcers.isEnrolled(event.enforcer());
        enforcers.apply(event);
        if (before != enforcers.isEnrolled(event.enforcer())) {
            overlay.enforcerChanged(event.enforcer(), position);
        }
    }

    private void apply(ControlEvent event) {
        switch (event) {
            case AutomationFrozen _ -> frozen = true;
            case AutomationThawed _ -> frozen = false;
            case CommandRefused _ -> {}
        }
    }

    private static KnownWorkload known(WorkloadDeployed event) {
        return new KnownWorkload(
                event.workload(),
                event.environment(),
                event.owner(),
                event.labels(),
                event.placements(),
                event.at());
    }
}
