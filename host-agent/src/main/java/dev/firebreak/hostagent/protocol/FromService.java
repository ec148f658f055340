package dev.firebreak.hostagent.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a service may say to an agent. There is no frame that allows, runs or reads anything else.
public sealed interface FromService {

    record Welcome(int protocol, long heartbeatMillis) implements FromService {}

    /// Puts and drops, with their sizes repeated so that a truncated plan is seen.
    record Plan(
            long generation,
            long request,
            boolean complete,
            int puts,
            int drops,
            List<WireDeny> put,
            List<String> drop)
            implements FromService {
        public Plan {
            put = put == null ? List.of() : List.copyOf(put);
            drop = drop == null ? List.of() : List.copyOf(drop);
        }
    }

    record Observe(long request) implements FromService {}

    record FlowsStored(long sequence) implements FromService {}

    record Renew() implements FromService {}

    /// A type this agent does not know: ignored and counted.
    record Unknown(@Nullable String type) implements FromService {}
}
