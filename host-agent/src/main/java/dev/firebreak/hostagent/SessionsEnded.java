package dev.firebreak.hostagent;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/// How many sessions each deny has ended since this agent began to hold it. A deny is verified
/// again and again, and each time there are only the sessions that came up since.
final class SessionsEnded {

    private final Map<String, Integer> totals = new HashMap<>();

    /// Counts those that were ended just now in; answers how many there were in all.
    int plus(String deny, int ended) {
        return totals.merge(deny, ended, Integer::sum);
    }

    void forgetAllBut(Collection<String> held) {
        totals.keySet().retainAll(held);
    }
}
