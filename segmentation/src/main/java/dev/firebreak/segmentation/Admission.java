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
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.Plan;
import dev.firebreak.eventlog.term.WorkloadName;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Whom each open containment may cut, so that one never grows above what was allowed when it was
/// decided. Folded from the log alone.
final class Admission {
    private final Inventory inventory;
    private final Map<ContainmentId, Places> open = new HashMap<>();

    Admission(Inventory inventory) {
        this.inventory = inventory;
    }

    void apply(ContainmentEvent event) {
        switch (event) {
            case ContainmentRequested(var id, var plan, _, _, _, _, _) -> request(id, plan);
            case ContainmentOrdered(var id, _, var atMost, _) ->
                    places(id).ifPresent(places -> places.limit(atMost));
            case ContainmentDeclined _, ContainmentReleased _ -> open.remove(event.containment());
            case ApprovalRequired _,
                    ContainmentApproved _,
                    MembersLeftOut _,
                    EnforcementReported _,
                    Contained _,
                    ContainedExcept _,
                    ContainmentExtended _,
                    ContainmentShortened _,
                    ContainmentLifted _ -> {}
        }
    }

    /// A workload was deployed or retired. Returns whom else that let into a containment, or put
    /// out of it.
    Map<ContainmentId, WorkloadName> workloadChanged(WorkloadName name) {
        var now = inventory.find(name);
        var others = new HashMap<ContainmentId, WorkloadName>();
        open.forEach((id, places) ->
                places.changed(name, now).ifPresent(other -> others.put(id, other)));
        return others;
    }

    /// Whether this workload is cut by name.
    boolean cuts(KnownContainment known, KnownWorkload workload) {
        return places(known.id())
                .map(places -> places.cuts(workload.name()))
                .orElseGet(() -> Scopes.cover(known.plan().ask().subject(), workload));
    }

    /// Where those run whom it cuts by name.
    Set<EnforcerName> enforcers(ContainmentId id) {
        return places(id).stream()
                .flatMap(places -> places.cut().stream())
                .flatMap(name -> inventory.find(name).stream())
                .flatMap(workload -> workload.hosts().stream())
                .map(EnforcerName::onHost)
                .collect(Collectors.toUnmodifiableSet());
    }

    /// Whether it was asked for this workload.
    boolean isFirst(ContainmentId id, WorkloadName name) {
        return places(id).filter(places -> places.isFirst(name)).isPresent();
    }

    /// None for a containment that is over, or cuts a host or a block as a whole.
    Optional<Places> places(ContainmentId id) {
        return Optional.ofNullable(open.get(id));
    }

    private void request(ContainmentId id, Plan plan) {
        var ask = plan.ask();
        if (Places.areCounted(ask.subject())) {
            open.put(id, new Places(ask, plan.reach().members(), members(plan)));
        }
    }

    /// Somebody may have joined between the drawing of the plan and the asking: the plan's come
    /// first.
    private List<WorkloadName> members(Plan plan) {
        var planned = planned(plan);
        return inventory.members(plan.ask().subject()).stream()
                .filter(workload -> Places.isMember(plan.ask(), workload))
                .sorted(Comparator.comparing(workload -> !isPlanned(workload, plan, planned)))
                .map(KnownWorkload::name)
                .toList();
    }

    private static boolean isPlanned(KnownWorkload workload, Plan plan, Set<Found> planned) {
        return plan.reach().names().contains(workload.name().toString())
                || Found.of(workload).anyMatch(planned::contains);
    }

    private static Set<Found> planned(Plan plan) {
        return plan.parts().stream().flatMap(Found::of).collect(Collectors.toUnmodifiableSet());
    }
}
