package dev.firebreak.hostagent;

import dev.firebreak.hostagent.kernel.Repaired;
import dev.firebreak.hostagent.protocol.FromAgent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What was put right in the kernel and is still to be told. Whoever changes it once changes it
/// again and again: the first is told at once, what follows is gathered. Whoever changes it may
/// also cut the line: what may not have arrived is told again.
final class RepairReports {

    static final Duration TOLD_EVERY = Duration.ofMinutes(1);

    /// What was told less than this before a line ended may have arrived nowhere: a dead line is
    /// given up after half as long.
    static final Duration UNSURE = Duration.ofMinutes(1);

    /// More denies are counted, not named.
    static final int MOST_NAMED = 100;

    private final Set<String> denies = new TreeSet<>();
    private int differences;
    private Optional<Told> last = Optional.empty();

    /// What was told when, by [System#nanoTime].
    private record Told(Repaired repaired, long at) {}

    void add(Repaired repaired) {
        differences =
                (int) Math.min(Integer.MAX_VALUE, (long) differences + repaired.differences());
        denies.addAll(repaired.denies());
    }

    /// @param now by [System#nanoTime]
    Optional<FromAgent> next(long now) {
        if (differences == 0 || isToldWithin(TOLD_EVERY, now)) {
            return Optional.empty();
        }
        var told = new Repaired(differences, List.copyOf(denies));
        denies.clear();
        differences = 0;
        last = Optional.of(new Told(told, now));
        List<String> named = told.denies().stream().limit(MOST_NAMED).toList();
        return Optional.of(new FromAgent.Repaired(told.differences(), told.denies().size(), named));
    }

    /// @param now by [System#nanoTime]
    void lineEnded(long now) {
        if (isToldWithin(UNSURE, now)) {
            Told unsure = last.orElseThrow();
            add(unsure.repaired());
            last = Optional.of(new Told(new Repaired(0, List.of()), unsure.at()));
        }
    }

    private boolean isToldWithin(Duration time, long now) {
        return last.filter(told -> now - told.at() < time.toNanos()).isPresent();
    }
}
