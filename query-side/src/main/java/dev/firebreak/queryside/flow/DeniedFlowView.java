package dev.firebreak.queryside.flow;

import java.time.Instant;

/// Traffic that a containment refused, added up: who tried to talk with whom, how often, from when
/// to when.
public record DeniedFlowView(
        String containment,
        String enforcer,
        String direction,
        String protocol,
        String peer,
        int port,
        long packets,
        long bytes,
        Instant first,
        Instant last,
        String fingerprint) {}
