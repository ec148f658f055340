package dev.firebreak.commandside.guardrail;

import dev.firebreak.eventlog.term.Reach;
import dev.firebreak.eventlog.term.Ttl;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// How far one role may go alone: how short and how long, how many members of the fleet, and what
/// share of it. The share counts only above `shareCountsAbove` members, for in a fleet of three
/// every single workload is a third of it.
public record Limits(
        Duration shortest, Duration longest, int members, double share, int shareCountsAbove) {

    public Limits {
        if (shortest.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException(
                    "The shortest time to live must be at least 1s, not " + shortest + ".");
        }
        if (longest.compareTo(shortest) < 0 || longest.compareTo(Ttl.LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "The longest time to live must lie between the shortest, %s, and %s, not %s."
                            .formatted(shortest, Ttl.LONGEST, longest));
        }
        if (members < 0 || shareCountsAbove < 0) {
            throw new IllegalArgumentException(
                    "Limits on members cannot be negative: %d, and %d for the share."
                            .formatted(members, shareCountsAbove));
        }
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException(
                    "The share of the fleet lies above 0 and up to 1, not " + share + ".");
        }
    }

    /// Why this reach needs a second person, or nothing when it does not.
    Optional<String> beyond(Reach reach) {
        if (reach.members() > members) {
            return Optional.of(
                    "it touches %d workloads, more than the %d"
                            .formatted(reach.members(), members));
        }
        if (reach.members() > shareCountsAbove && reach.share() > share) {
            return Optional.of(
                    "it touches %d of %d workloads, %s of the fleet and more than the %s"
                            .formatted(
                                    reach.members(),
                                    reach.fleet(),
                                    percent(reach.share()),
                                    percent(share)));
        }
        return Optional.empty();
    }

    /// How many members of a fleet of this size lie within these limits: as many as [#beyond] has
    /// nothing against.
    int alone(int fleet) {
        var within = (int) Math.floor(share * fleet);
        // Where share and division round differently, the division is what decides.
        if (fleet > 0 && (double) (within + 1) / fleet <= share) {
            within++;
        }
        if (fleet > 0 && (double) within / fleet > share) {
            within--;
        }
        return Math.min(members, Math.max(shareCountsAbove, within));
    }

    /// Whether whoever has these limits may do all that the others allow.
    boolean covers(Limits others) {
        return shortest.compareTo(others.shortest) <= 0
                && longest.compareTo(others.longest) >= 0
                && members >= others.members
                && share >= others.share
                && shareCountsAbove >= others.shareCountsAbove;
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", share * 100);
    }
}
