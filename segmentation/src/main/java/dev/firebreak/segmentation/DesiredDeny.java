package dev.firebreak.segmentation;

import dev.firebreak.eventlog.term.CidrBlock;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.Direction;
import dev.firebreak.eventlog.term.Effect;
import dev.firebreak.eventlog.term.Ports;
import dev.firebreak.eventlog.term.Subject;
import java.time.Instant;
import java.util.List;

/// One containment's deny on one enforcer. `direction` is seen from `subjects`, which for a
/// containment of an address block are the hosts and not the block. No peers means everyone; a deny
/// whose peers cannot be named is never compiled at all.
public record DesiredDeny(
        ContainmentId containment,
        Effect effect,
        List<Subject> subjects,
        Direction direction,
        List<CidrBlock> peers,
        Ports ports,
        Instant expiresAt) {
    public DesiredDeny {
        subjects = List.copyOf(subjects);
        peers = List.copyOf(peers);
    }
}
