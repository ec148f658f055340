package dev.firebreak.hostagent;

import dev.firebreak.hostagent.kernel.Repaired;
import dev.firebreak.hostagent.protocol.FromAgent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What was put right in the kernel and is still to be told. Whoever changes it once changes it
/// again and again: the first is told at once, what follows is gathered.
final class RepairReports {

    static final Duration TOLD_EVERY = Duration.ofMinutes(1);

    /// More denies are counted, not named.
    static final int MOST_NAMED = 100;

    private final Set<String> denies = new TreeSet<>();
    private int differences;
    private long toldAt;
    private boolean told;

    void add(Repaired repaired) {
        differences =
                (int) Math.min(Integer.MAX_VALUE, (long) differences + repaired.differences());
        denies.addAll(repaired.denies());
    }

    /// @param now by [System#nanoTime]
    Optional<FromAgent> next(long now) {
        if (differences == 0 || (told && now - toldAt < TOLD_EVERY.toNanos())) {
            return Optional.empty();
        }
        List<String> named = denies.stream().limit(MOST_NAMED).toList();
        var report = new FromAgent.Repaired(differences, denies.size(), named);
        denies.clear();
        differences = 0;
        told = true;
        toldAt = now;
        return Optional.of(report);
    }
}
