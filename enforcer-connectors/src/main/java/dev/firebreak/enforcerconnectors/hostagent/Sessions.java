package dev.firebreak.enforcerconnectors.hostagent;

import dev.firebreak.commandside.enforcer.EnforcerCommand.RecordCopy;
import dev.firebreak.eventlog.term.EnforcerName;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// The sessions that are live, one an enforcer. A second one with the same certificate is a copy of
/// it, or the same agent after its line broke: if the first still answers, the second is turned
/// away.
final class Sessions {

    private static final System.Logger LOG = System.getLogger(Sessions.class.getName());

    private final Map<EnforcerName, AgentSession> live = new ConcurrentHashMap<>();
    private final LongAdder turnedAway = new LongAdder();
    private final LongAdder replaced = new LongAdder();
    private final Allowance toSay;

    Sessions(Clock clock) {
        this.toSay = new Allowance(1, RecordCopy.SAID_EVERY, clock);
    }

    Optional<AgentSession> of(EnforcerName enforcer) {
        return Optional.ofNullable(live.get(enforcer));
    }

    /// From now on this is the enforcer's session; an older one is told so and closed.
    void enter(AgentSession session) {
        var before = live.put(session.enforcer(), session);
        if (before != null && before != session) {
            replaced.increment();
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0} connected anew from {1}; its connection from {2} was closed",
                    session.enforcer(),
                    session.remote(),
                    before.remote());
            before.close(CloseCode.REPLACED, "A newer connection replaced this one.");
        }
    }

    void leave(AgentSession session) {
        live.remove(session.enforcer(), session);
    }

    /// Whether it is time to have it written down.
    boolean turnAway(AgentSession session, AgentSession incumbent) {
        turnedAway.increment();
        LOG.log(
                System.Logger.Level.WARNING,
                "{0} is connected from {1} and alive; somebody with the same certificate was turned"
                        + " away at {2}. If that is not a second agent on the same host, the"
                        + " certificate was copied: revoke the enforcer and enrol it again",
                session.enforcer(),
                incumbent.remote(),
                session.remote());
        return toSay.take(session.enforcer().toString());
    }

    List<AgentSession> all() {
        return List.copyOf(live.values());
    }

    int count() {
        return live.size();
    }

    long turnedAwayCount() {
        return turnedAway.sum();
    }

    long replacedCount() {
        return replaced.sum();
    }
}
