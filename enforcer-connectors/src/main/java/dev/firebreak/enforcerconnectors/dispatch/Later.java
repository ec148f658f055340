package dev.firebreak.enforcerconnectors.dispatch;

import java.time.Duration;

/// Runs something after a while, once, on the dispatcher's own line.
@FunctionalInterface
interface Later {

    /// The answer, when run, calls it off.
    Runnable after(Duration wait, Runnable what);
}
