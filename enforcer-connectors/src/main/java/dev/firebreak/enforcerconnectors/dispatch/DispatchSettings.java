package dev.firebreak.enforcerconnectors.dispatch;

import java.time.Duration;

/// The times and bounds of dispatching. `silenceAfter` is how long nothing may be heard before what
/// an enforcer holds counts as unknown; `refusedAgain` how long a refused deny rests before it is
/// tried again; `inFlight` bounds the directives under way over all enforcers.
public record DispatchSettings(
        Duration answerWithin,
        Duration silenceAfter,
        Duration firstRetry,
        Duration longestRetry,
        Duration refusedAgain,
        Duration gather,
        int inFlight,
        int commandsInFlight) {

    public static final DispatchSettings DEFAULTS =
            new DispatchSettings(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(30),
                    Duration.ofMillis(200),
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(1),
                    Duration.ofMillis(5),
                    256,
                    16);

    public DispatchSettings {
        if (inFlight < 1 || commandsInFlight < 1) {
            throw new IllegalArgumentException("At least one must be able to be in flight");
        }
    }
}
