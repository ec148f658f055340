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
import dev.firebreak.eventlog.term.Subject;
import dev.firebreak.eventlog.term.WorkloadName;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

    /// A workload was deployed or retired. Returns where each containment cuts something, or lets
    /// it go, because of it.
    Map<ContainmentId, Set<EnforcerName>> workloadChanged(WorkloadName name) {
        var now = inventory.find(name);
        var around = inventory.around(name);
        var moved = new HashMap<ContainmentId, Set<EnforcerName>>();
        open.forEach((id, places) -> moved.put(id, places.changed(name, now, around)));
        moved.values().removeIf(Set::isEmpty);
        return moved;
    }

    /// What is cut on an enforcer of those who are counted.
    List<Subject> subjects(ContainmentId id, EnforcerName enforcer) {
        return found(id)
                .filter(place -> place.enforcer().equals(enforcer))
                .map(Found::subject)
                .toList();
    }

    /// Where those are cut who are counted.
    Set<EnforcerName> enforcers(ContainmentId id) {
        return found(id).map(Found::enforcer).collect(Collectors.toUnmodifiableSet());
    }

    private Stream<Found> found(ContainmentId id) {
        return places(id).stream().flatMap(places -> places.ground().places().stream());
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
            open.put(id, new Places(plan, inventory, members(plan)));
        }
    }

    /// Somebody may have joined between the drawing of the plan and the asking: the plan's come
    /// first.
    private List<KnownWorkload> members(Plan plan) {
        var planned = planned(plan);
        return inventory.members(plan.ask().subject()).stream()
                .filter(workload -> Places.isMember(plan.ask(), workload))
                .sorted(Comparator.comparing(workload -> !isPlanned(workload, plan, planned)))
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
