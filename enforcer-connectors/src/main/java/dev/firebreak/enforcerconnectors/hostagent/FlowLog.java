package dev.firebreak.enforcerconnectors.hostagent;

import dev.firebreak.eventlog.event.Event;
import dev.firebreak.eventlog.log.Provenance;
import java.util.UUID;

/// The log's door for telemetry. It returns when the event is durable; the same id again is the
/// same event, kept once.
@FunctionalInterface
public interface FlowLog {

    void recordOnce(UUID id, Event event, Provenance provenance);
}
