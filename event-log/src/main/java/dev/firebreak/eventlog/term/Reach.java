package dev.firebreak.eventlog.term;

import java.util.List;

/// How much a plan touches: members of the scope out of the whole fleet, some of their names, and
/// the teams that own them. Names and owners are cut at [#MAX_NAMED]; the counts never are.
public record Reach(int members, int fleet, List<String> names, List<String> owners) {

    public static final int MAX_NAMED = 20;

    public Reach {
        if (members < 0 || fleet < 0) {
            throw new IllegalArgumentException("negative reach: " + members + "/" + fleet);
        }
        names = names.stream().limit(MAX_NAMED).toList();
        owners = owners.stream().distinct().limit(MAX_NAMED).toList();
    }

    /// The share of the fleet, from 0 to 1; an empty fleet is touched whole.
    public double share() {
        return fleet == 0 ? 1.0 : (double) members / fleet;
    }
}
