package dev.firebreak.enforcerconnectors.hostagent;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// So many in a period for each of many; who came longest ago is forgotten first.
final class Allowance {

    private static final int MAX_KEPT = 10_000;

    private final int most;
    private final Duration period;
    private final Clock clock;
    private final Map<String, Window> windows =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Window> eldest) {
                    return size() > MAX_KEPT;
                }
            };

    private record Window(Instant since, int used) {}

    Allowance(int most, Duration period, Clock clock) {
        this.most = most;
        this.period = period;
        this.clock = clock;
    }

    /// Takes one, if there is one left.
    synchronized boolean take(String who) {
        var window = window(who);
        if (window.used() >= most) {
            return false;
        }
        windows.put(who, new Window(window.since(), window.used() + 1));
        return true;
    }

    /// Whether there is one left.
    synchronized boolean has(String who) {
        return window(who).used() < most;
    }

    private Window window(String who) {
        var now = clock.instant();
        var window = windows.get(who);
        return window == null || !window.since().plus(period).isAfter(now)
                ? new Window(now, 0)
                : window;
    }
}
