package dev.firebreak.hostagent.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;

/// What an agent says to a service.
public sealed interface FromAgent {

    /// First frame. `denies` is part 1 of `parts`; further parts follow as observations.
    record Hello(
            int protocol,
            String enforcer,
            String agentVersion,
            String kernel,
            String bootId,
            long generation,
            Map<String, Object> capabilities,
            WireLaw law,
            int parts,
            List<WireHeld> denies)
            implements FromAgent {}

    /// What became of a plan: of the denies it named, what was dropped, and what it did not claim.
    record Receipt(
            long generation,
            long request,
            Outcome outcome,
            String code,
            String sentence,
            List<WireHeld> denies,
            List<String> dropped,
            List<String> unclaimed)
            implements FromAgent {}

    /// Follows a receipt when probes and session ends are done.
    record Verification(long generation, List<Verified> denies) implements FromAgent {}

    record Observation(long generation, long request, int part, int parts, List<WireHeld> denies)
            implements FromAgent {}

    record Heartbeat(long generation, long count, String digest, long deniedPackets, long lostFlows)
            implements FromAgent {}

    record DeniedFlows(long sequence, List<WireFlow> flows, long lost) implements FromAgent {}

    /// What somebody had changed in the kernel and was put right: `count` denies may not have held
    /// for a while, the first of them named.
    record Repaired(int differences, int count, List<String> denies) implements FromAgent {}

    enum Outcome {
        @JsonProperty("applied")
        APPLIED,
        @JsonProperty("rejected")
        REJECTED
    }

    enum Probe {
        @JsonProperty("denied")
        DENIED,
        @JsonProperty("allowed")
        ALLOWED,
        @JsonProperty("not-possible")
        NOT_POSSIBLE
    }

    record Verified(
            String id, Probe probe, String detail, int sessionsDestroyed, int sessionsSurviving) {}

    record WireLaw(long maxTtlMillis, int maxEntries, List<String> neverDeny) {}

    record WireFlow(
            String deny,
            String direction,
            String protocol,
            String peer,
            int port,
            long packets,
            long bytes,
            long firstAgoMillis,
            long lastAgoMillis,
            String fingerprint) {}
}
