package dev.firebreak.enforcerconnectors.hostagent;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What we say to an agent, exactly as it is written on the wire.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ServiceFrame.Welcome.class, name = "welcome"),
    @JsonSubTypes.Type(value = ServiceFrame.Tick.class, name = "tick"),
    @JsonSubTypes.Type(value = ServiceFrame.Plan.class, name = "plan"),
    @JsonSubTypes.Type(value = ServiceFrame.Observe.class, name = "observe"),
    @JsonSubTypes.Type(value = ServiceFrame.FlowsStored.class, name = "flows-stored"),
    @JsonSubTypes.Type(value = ServiceFrame.Renew.class, name = "renew")
})
sealed interface ServiceFrame {

    record Welcome(int protocol, long heartbeatMillis, Moment at) implements ServiceFrame {}

    /// Answers a heartbeat: small, so that it shows how quick the way is.
    record Tick(Moment at) implements ServiceFrame {}

    /// `puts` and `drops` repeat the sizes, so that a truncated plan is seen. What remains of a
    /// deny remains from `at`.
    record Plan(
            long request,
            long generation,
            boolean complete,
            int puts,
            int drops,
            List<Deny> put,
            List<String> drop,
            Moment at)
            implements ServiceFrame {
        public Plan {
            put = List.copyOf(put);
            drop = List.copyOf(drop);
        }
    }

    record Observe(long request) implements ServiceFrame {}

    record FlowsStored(long sequence) implements ServiceFrame {}

    record Renew() implements ServiceFrame {}

    record Deny(
            String id,
            long remainingMillis,
            List<Whom> subjects,
            String direction,
            List<String> peers,
            List<PortSpan> ports) {
        public Deny {
            subjects = List.copyOf(subjects);
            peers = List.copyOf(peers);
            ports = List.copyOf(ports);
        }
    }

    /// Either `{"host": true}` or `{"cgroup": PATH}`; the other field is not written.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Whom(@Nullable Boolean host, @Nullable String cgroup) {}

    record PortSpan(String protocol, int from, int to) {}
}
