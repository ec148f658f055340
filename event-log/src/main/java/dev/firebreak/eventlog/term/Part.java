package dev.firebreak.eventlog.term;

import java.util.List;

/// One enforcer's part of a plan: whom it finds, and the peers' addresses (none means everyone).
public record Part(EnforcerName enforcer, List<Subject> subjects, List<CidrBlock> peers) {

    public Part {
        subjects = List.copyOf(subjects);
        peers = List.copyOf(peers);
    }
}
