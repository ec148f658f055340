package dev.firebreak.eventlog.event.flow;

import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.Direction;
import java.time.Instant;

/// Packets of one fingerprint that one containment's deny refused. `port` is the service's port,
/// never an ephemeral one; `protocol` is `tcp`, `udp`, `icmp` or an IP protocol number.
public record DeniedFlow(
        ContainmentId containment,
        Direction direction,
        String protocol,
        String peer,
        int port,
        long packets,
        long bytes,
        Instant first,
        Instant last,
        String fingerprint) {}
