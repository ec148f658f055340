package dev.firebreak.hostagent.deny;

import static dev.firebreak.hostagent.deny.Malformed.require;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What this host allows a service to ask of it, from its own configuration alone (T6).
public record Law(Duration maxTtl, int maxEntries, List<NeverDeny> neverDeny) {

    public static final Duration USUAL_MAX_TTL = Duration.ofHours(24);
    public static final int USUAL_MAX_ENTRIES = 100_000;

    /// One deny may not take more rules than this, whatever is still free.
    static final int MOST_ENTRIES_OF_ONE = 8_192;

    static final int MOST_LIFELINES = 1_024;

    public Law {
        require(maxTtl.isPositive(), () -> "the maximum TTL must be positive");
        require(maxEntries > 0, () -> "the maximum number of entries must be positive");
        require(
                neverDeny.size() <= MOST_LIFELINES,
                () -> "more than " + MOST_LIFELINES + " never-deny lines");
        neverDeny = neverDeny.stream().distinct().toList();
    }

    public static Law usual() {
        return new Law(USUAL_MAX_TTL, USUAL_MAX_ENTRIES, List.of());
    }

    /// Why nothing of this deny may be held.
    public Optional<Refusal> objects(Deny deny) {
        if (deny.remaining().compareTo(maxTtl) > 0) {
            return refuse(
                    "ttl-too-long",
                    deny.id()
                            + " would last "
                            + deny.remaining()
                            + "; this host allows "
                            + maxTtl
                            + ". Ask for less.");
        }
        return swallowed(deny);
    }

    /// What is left for one deny, given the entries that others already take.
    public Room room(long entriesOfOthers) {
        long free = Math.max(0, maxEntries - entriesOfOthers);
        return free < MOST_ENTRIES_OF_ONE
                ? new Room(
                        free,
                        "other denies take "
                                + entriesOfOthers
                                + " of the "
                                + maxEntries
                                + " that this host allows; release some of them")
                : new Room(
                        MOST_ENTRIES_OF_ONE,
                        "one deny may take "
                                + MOST_ENTRIES_OF_ONE
                                + "; name wider prefixes or fewer ports");
    }

    /// The parts of it that stay open because a lifeline runs through.
    public List<String> exceptions(Deny deny) {
        List<String> open = new ArrayList<>();
        for (NeverDeny lifeline : neverDeny) {
            boolean touched =
                    deny.peers().stream()
                            .anyMatch(p ->
                                    deny.ports().stream().anyMatch(r -> lifeline.touches(p, r)));
            if (touched) {
                open.add("held except for " + lifeline + ", which this host never denies");
            }
        }
        return open;
    }

    /// Nothing of it would be left. One peer on the list keeps no other one open.
    private Optional<Refusal> swallowed(Deny deny) {
        Optional<NeverDeny> first = Optional.empty();
        for (Prefix peer : deny.peers()) {
            for (PortRange range : deny.ports()) {
                Optional<NeverDeny> lifeline =
                        neverDeny.stream().filter(l -> l.swallows(peer, range)).findFirst();
                if (lifeline.isEmpty()) {
                    return Optional.empty();
                }
                first = first.or(() -> lifeline);
            }
        }
        return first.flatMap(lifeline ->
                refuse(
                        "never-deny",
                        deny.id()
                                + " would cut nothing but "
                                + lifeline
                                + (deny.peers().size() > 1 ? " and others" : "")
                                + ", which this host never denies. Leave it out."));
    }

    private static Optional<Refusal> refuse(String code, String sentence) {
        return Optional.of(new Refusal(code, sentence));
    }
}
