package dev.firebreak.eventlog.term;

import java.util.List;

/// How much a plan touches, out of the whole fleet: the members of the scope and their neighbours,
/// some of their names, members first, and the teams that own them. Names, owners and `neighbours`
/// are cut at [#MAX_NAMED]; the counts never are.
public record Reach(
        int members,
        int fleet,
        List<String> names,
        List<String> owners,
        List<Neighbour> neighbours) {

    public static final int MAX_NAMED = 20;

    public Reach {
        if (members < 0 || fleet < 0) {
            throw new IllegalArgumentException("negative reach: " + members + "/" + fleet);
        }
        names = names.stream().limit(MAX_NAMED).toList();
        owners = owners.stream().distinct().limit(MAX_NAMED).toList();
        neighbours = neighbours.stream().limit(MAX_NAMED).toList();
    }

    /// Of a scope whose members have no neighbours.
    public Reach(int members, int fleet, List<String> names, List<String> owners) {
        this(members, fleet, names, owners, List.of());
    }

    /// The share of the fleet, from 0 to 1; an empty fleet is touched whole.
    public double share() {
        return fleet == 0 ? 1.0 : (double) members / fleet;
    }
}
