package dev.firebreak.commandside.command;

import java.time.Instant;

/// Rings at an instant, never before it. Set again under the same name, it moves.
public interface Alarms {

    void set(String name, Instant at, Runnable ring);

    void cancel(String name);
}
