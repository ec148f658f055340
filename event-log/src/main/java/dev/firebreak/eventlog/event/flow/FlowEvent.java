package dev.firebreak.eventlog.event.flow;

import dev.firebreak.eventlog.event.Event;
import dev.firebreak.eventlog.term.EnforcerName;
import java.time.Instant;
import java.util.List;

/// Batches of traffic that an enforcer saw.
public sealed interface FlowEvent extends Event {

    EnforcerName enforcer();

    @Override
    default String stream() {
        return "flows/" + enforcer();
    }

    /// Denied flows, grouped by fingerprint. `batch` is the agent's own number of this batch, by
    /// which a repeated delivery is recognised; `lost` counts packets it could not keep apart.
    record DeniedFlowsSeen(
            EnforcerName enforcer,
            String bootId,
            long batch,
            List<DeniedFlow> flows,
            long lost,
            Instant at)
            implements FlowEvent {
        public DeniedFlowsSeen {
            flows = List.copyOf(flows);
        }
    }
}
