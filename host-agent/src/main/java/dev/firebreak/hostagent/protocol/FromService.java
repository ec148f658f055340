package dev.firebreak.hostagent.protocol;

import dev.firebreak.hostagent.deny.Malformed;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a service may say to an agent. There is no frame that allows, runs or reads anything else.
public sealed interface FromService {

    /// When it was said, by the service's clock; null from one that does not tell.
    default @Nullable Moment at() {
        return null;
    }

    /// A moment by a clock of the service that runs steadily for as long as it keeps its name.
    record Moment(String clock, long nanos) {
        public Moment {
            if (clock == null) {
                throw new Malformed("a moment without a clock");
            }
        }
    }

    record Welcome(int protocol, long heartbeatMillis, @Nullable Moment at)
            implements FromService {}

    /// Answers a heartbeat: says only when it was said.
    record Tick(@Nullable Moment at) implements FromService {}

    /// Puts and drops, with their sizes repeated so that a truncated plan is seen.
    record Plan(
            long generation,
            long request,
            boolean complete,
            int puts,
            int drops,
            List<WireDeny> put,
            List<String> drop,
            @Nullable Moment at)
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
