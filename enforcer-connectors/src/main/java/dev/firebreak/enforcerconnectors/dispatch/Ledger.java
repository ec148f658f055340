package dev.firebreak.enforcerconnectors.dispatch;

import dev.firebreak.enforcerconnectors.enforcer.DenyId;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.HostName;
import dev.firebreak.eventlog.term.Part;
import dev.firebreak.segmentation.Compilation;
import dev.firebreak.segmentation.DesiredState;
import dev.firebreak.segmentation.KnownContainment;
import dev.firebreak.segmentation.KnownEnforcer;
import dev.firebreak.segmentation.LiveEstate;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What the dispatcher asks of the log: the estate of now, by the clock of now.
final class Ledger {

    private static final String HOST = "host";

    private final LiveEstate estate;
    private final Clock clock;

    Ledger(LiveEstate estate, Clock clock) {
        this.estate = estate;
        this.clock = clock;
    }

    long position() {
        return estate.position();
    }

    DesiredState desired(EnforcerName enforcer) {
        var now = clock.instant();
        return estate.read(known -> Compilation.desired(known, enforcer, now));
    }

    /// Changes when what is desired of the enforcer does.
    long generation(EnforcerName enforcer) {
        return estate.read(known -> Compilation.generation(known, enforcer));
    }

    Optional<KnownPart> part(ContainmentId containment, EnforcerName enforcer) {
        var now = clock.instant();
        return estate.read(known -> known.containment(containment))
                .flatMap(known -> KnownPart.of(known, enforcer, now));
    }

    /// The containments that this enforcer has, or may have, something of.
    Set<ContainmentId> partsOf(EnforcerName enforcer) {
        var ids = new HashSet<>(desired(enforcer).denies().keySet());
        for (var known : estate.read(all -> all.openContainments())) {
            if (enforcersOf(known).contains(enforcer)) {
                ids.add(known.id());
            }
        }
        return ids;
    }

    /// The enforcers that have, or may have, something of this containment.
    Set<EnforcerName> enforcersOf(ContainmentId containment) {
        var enforcers = new HashSet<>(estate.read(all -> all.enforcersHolding(containment)));
        estate.read(all -> all.containment(containment))
                .ifPresent(known -> enforcers.addAll(enforcersOf(known)));
        return enforcers;
    }

    List<ContainmentId> openContainments() {
        return estate.read(all -> all.openContainments()).stream()
                .map(KnownContainment::id)
                .toList();
    }

    /// Who is said to run where on the host of an enforcer.
    Residents residents(EnforcerName enforcer) {
        return new Residents(() ->
                HOST.equals(enforcer.kind())
                        ? estate.read(all -> all.cgroupsOn(new HostName(enforcer.name())))
                        : List.of());
    }

    List<KnownEnforcer> enforcers() {
        return estate.read(all -> all.enforcers());
    }

    Optional<KnownEnforcer> enforcer(EnforcerName name) {
        return estate.read(all -> all.enforcer(name));
    }

    /// Whether the log ever ordered a deny of this name, as far back as the estate remembers.
    boolean knows(DenyId id) {
        return id.containment()
                .flatMap(containment -> estate.read(all -> all.containment(containment)))
                .isPresent();
    }

    private static Set<EnforcerName> enforcersOf(KnownContainment known) {
        var enforcers = new HashSet<>(known.reports().keySet());
        known.plan().parts().stream().map(Part::enforcer).forEach(enforcers::add);
        return enforcers;
    }
}
