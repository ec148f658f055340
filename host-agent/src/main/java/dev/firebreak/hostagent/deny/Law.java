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

    /// Why this deny may not be held, given the entries that others already take.
    public Optional<Refusal> objects(Deny deny, long entriesOfOthers) {
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
        if (deny.entryCount() > MOST_ENTRIES_OF_ONE) {
            return refuse(
                    "too-many-entries",
                    deny.id()
                            + " needs "
                            + deny.entryCount()
                            + " rules; one deny may take "
                            + MOST_ENTRIES_OF_ONE
                            + ". Name wider prefixes or fewer ports.");
        }
        if (entriesOfOthers + deny.entryCount() > maxEntries) {
            return refuse(
                    "too-many-entries",
                    deny.id()
                            + " needs "
                            + deny.entryCount()
                            + " rules; "
                            + entriesOfOthers
                            + " of "
                            + maxEntries
                            + " are taken on this host.");
        }
        return swallowed(deny);
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

    private Optional<Refusal> swallowed(Deny deny) {
        for (Prefix peer : deny.peers()) {
            for (PortRange range : deny.ports()) {
                for (NeverDeny lifeline : neverDeny) {
                    if (lifeline.swallows(peer, range)) {
                        return refuse(
                                "never-deny",
                                deny.id()
                                        + " would cut "
                                        + lifeline
                                        + ", which this host never denies. Leave "
                                        + peer
                                        + " out.");
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Refusal> refuse(String code, String sentence) {
        return Optional.of(new Refusal(code, sentence));
    }
}
