package dev.firebreak.chatops;

import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.Plan;
import dev.firebreak.eventlog.term.Responder;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a conversation needs to see; the service answers from its views, or throws [Unavailable].
public interface Readings {

    /// Those that wait, hold or let go, the newest first, at most `limit`.
    List<ContainmentReading> running(int limit);

    Optional<ContainmentReading> containment(ContainmentId id);

    /// Lines such as `host/web-1 connected, heard 2s ago`, at most `limit`.
    List<String> enforcers(int limit);

    /// Lines such as `ann responder, T0001/U0001`, at most `limit`.
    List<String> responders(int limit);

    /// Lines such as `payments/checkout production, host/web-1`, at most `limit`.
    List<String> workloads(int limit);

    /// Why automations may not act, or nothing when they may.
    Optional<String> frozenBecause();

    /// Why this plan would wait for a second person if this responder asked for it.
    Optional<String> secondPerson(Plan plan, Responder by);

    /// Those of these enforcers that would hold nothing if they were asked now, with the reason.
    Map<EnforcerName, String> hindered(Collection<EnforcerName> enforcers);

    /// Waits until what is read here covers the log up to `position`; false when that took too
    /// long.
    boolean awaitPosition(long position, Duration atMost);
}
