package dev.firebreak.commandside.containment;

import dev.firebreak.commandside.containment.Ending.Expiry;
import dev.firebreak.commandside.containment.Ending.Lapse;
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
import dev.firebreak.eventlog.log.LogEntry;
import dev.firebreak.eventlog.term.ContainmentId;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// All that is still to end by itself, folded from the log. One thread folds, any may look.
final class Endings {

    private final Map<ContainmentId, Ending> open = new ConcurrentHashMap<>();

    /// Takes the next entries and returns whose ending they concerned; what it is now is known
    /// here, so many changes of one containment come to one.
    Set<ContainmentId> take(List<LogEntry> entries) {
        var concerned = new LinkedHashSet<ContainmentId>();
        for (var entry : entries) {
            if (entry.event() instanceof ContainmentEvent event && take(event)) {
                concerned.add(event.containment());
            }
        }
        return concerned;
    }

    Optional<Ending> of(ContainmentId containment) {
        return Optional.ofNullable(open.get(containment));
    }

    Set<ContainmentId> open() {
        return Set.copyOf(open.keySet());
    }

    /// What should have ended by now, the oldest first.
    List<ContainmentId> due(Instant now) {
        return open.entrySet().stream()
                .filter(entry -> entry.getValue().isDue(now))
                .sorted(Comparator.comparing(entry -> entry.getValue().at()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private boolean take(ContainmentEvent event) {
        return switch (event) {
            case ApprovalRequired needed -> set(event, new Lapse(needed.lapsesAt()));
            case ContainmentOrdered ordered -> set(event, new Expiry(ordered.expiresAt()));
            case ContainmentExtended extended -> set(event, new Expiry(extended.expiresAt()));
            case ContainmentShortened shortened -> set(event, new Expiry(shortened.expiresAt()));
            case ContainmentApproved _, ContainmentDeclined _, ContainmentReleased _ ->
                    open.remove(event.containment()) != null;
            case ContainmentRequested _,
                    MembersLeftOut _,
                    EnforcementReported _,
                    Contained _,
                    ContainedExcept _,
                    ContainmentLifted _ ->
                    false;
        };
    }

    private boolean set(ContainmentEvent event, Ending ending) {
        open.put(event.containment(), ending);
        return true;
    }
}
