package dev.firebreak.segmentation;

import dev.firebreak.eventlog.event.enforcer.EnforcerEvent;
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent.CertificateRenewed;
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent.CopyTurnedAway;
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent.EnforcerConnected;
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent.EnforcerEnrolled;
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent.EnforcerRevoked;
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent.EnforcerSilent;
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent.EnrolmentOffered;
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent.TamperingRepaired;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.PartReport;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// The enforcers there are, by name.
final class Enforcers {
    private final TreeMap<EnforcerName, KnownEnforcer> byName = new TreeMap<>(Order.ENFORCERS);

    void apply(EnforcerEvent event) {
        switch (event) {
            case EnrolmentOffered offered ->
                    byName.putIfAbsent(offered.enforcer(), KnownEnforcer.offered(offered));
            case EnforcerEnrolled enrolled ->
                    byName.put(enrolled.enforcer(), KnownEnforcer.enrolled(enrolled));
            case CertificateRenewed renewed -> change(renewed, known -> known.renewed(renewed));
            case EnforcerConnected connected ->
                    change(connected, known -> known.connected(connected));
            case EnforcerSilent silent -> change(silent, known -> known.silent(silent));
            case CopyTurnedAway _, TamperingRepaired _ -> {} // It stands as it did.
            case EnforcerRevoked revoked -> change(revoked, known -> known.revoked(revoked));
        }
    }

    void heard(PartReport report) {
        byName.computeIfPresent(report.enforcer(), (_, known) -> known.heard(report.at()));
    }

    Optional<KnownEnforcer> find(EnforcerName name) {
        return Optional.ofNullable(byName.get(name));
    }

    boolean isEnrolled(EnforcerName name) {
        return find(name).filter(known -> known.standing().isEnrolled()).isPresent();
    }

    Collection<KnownEnforcer> all() {
        return Collections.unmodifiableCollection(byName.values());
    }

    private void change(EnforcerEvent event, UnaryOperator<KnownEnforcer> change) {
        byName.computeIfPresent(event.enforcer(), (_, known) -> change.apply(known));
    }
}
