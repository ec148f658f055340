package dev.firebreak.service.wiring;

import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.queryside.Witness;
import dev.firebreak.segmentation.LiveEstate;
import dev.firebreak.segmentation.Presence;
import jakarta.enterprise.inject.Instance;
import java.util.Optional;

/// What this replica sees: the estate of now, and whom its dispatcher hears.
record Sight(LiveEstate estate, Instance<Enforcement> enforcement) implements Witness {

    @Override
    public Optional<Presence> presence(ContainmentId containment) {
        return estate.read(known -> known.presence(containment));
    }

    @Override
    public Optional<Heard> heard(EnforcerName enforcer) {
        return Optional.of(enforcement.get().heard(enforcer));
    }
}
