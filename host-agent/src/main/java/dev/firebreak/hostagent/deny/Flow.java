package dev.firebreak.hostagent.deny;

import java.time.Duration;

/// Denied traffic since the last report: who with whom at which service, how much, how long ago.
public record Flow(
        String deny,
        View view,
        int protocol,
        Prefix peer,
        int servicePort,
        long packets,
        long bytes,
        Duration firstAgo,
        Duration lastAgo) {}
