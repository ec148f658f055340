package dev.firebreak.enforcerconnectors.dispatch;

import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/// What all lanes share. `line` runs one thing after the other, and everything of this package runs
/// on it; nothing on it waits.
record Surroundings(
        Executor line,
        Later later,
        Clock clock,
        RandomGenerator random,
        DispatchSettings settings,
        DispatchListener listener,
        Ledger ledger,
        ReportDesk desk,
        Slots slots) {

    Backoff backoff() {
        return new Backoff(settings.firstRetry(), settings.longestRetry());
    }
}
