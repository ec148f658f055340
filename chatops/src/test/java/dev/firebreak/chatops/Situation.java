package dev.firebreak.chatops;

import dev.firebreak.chatops.ContainmentReading.State;
import dev.firebreak.commandside.command.Command;
import dev.firebreak.commandside.command.Commands;
import dev.firebreak.commandside.command.Origin;
import dev.firebreak.commandside.command.Outcome;
import dev.firebreak.commandside.command.Plans;
import dev.firebreak.eventlog.term.Ask;
import dev.firebreak.eventlog.term.CidrBlock;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.Direction;
import dev.firebreak.eventlog.term.Effect;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.Gap;
import dev.firebreak.eventlog.term.IncidentId;
import dev.firebreak.eventlog.term.Part;
import dev.firebreak.eventlog.term.PartState;
import dev.firebreak.eventlog.term.Peer;
import dev.firebreak.eventlog.term.Plan;
import dev.firebreak.eventlog.term.Ports;
import dev.firebreak.eventlog.term.Reach;
import dev.firebreak.eventlog.term.Reason;
import dev.firebreak.eventlog.term.Responder;
import dev.firebreak.eventlog.term.ResponderName;
import dev.firebreak.eventlog.term.Role;
import dev.firebreak.eventlog.term.Scope;
import dev.firebreak.eventlog.term.Sessions;
import dev.firebreak.eventlog.term.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// A small estate and what stands behind the ports, by hand.
public final class Situation implements Commands, Plans, Readings {

    public static final Instant NOW = Instant.parse("2026-11-23T08:15:00Z");

    public static final Responder ANN =
            new Responder(new ResponderName("ann"), Role.RESPONDER, Responder.Kind.PERSON);

    public static final Ask ASK =
            new Ask(
                    Effect.DENY,
                    Scope.parse("payments/checkout"),
                    Peer.parse("cidr/203.0.113.0/24"),
                    Direction.EGRESS,
                    Ports.parse("443/tcp"),
                    List.of());

    public static final ContainmentId ID = ContainmentId.of(ASK, 0);

    public record Sent(Command command, Origin origin) {}

    public final List<Sent> sent = new CopyOnWriteArrayList<>();
    public final Map<ContainmentId, ContainmentReading> readings = new ConcurrentHashMap<>();
    public volatile Outcome outcome = new Outcome.Accepted("containment/" + ID, 7);
    public volatile Runnable beforeAnswer = () -> {};
    public volatile Reach reach =
            new Reach(1, 12, List.of("payments/checkout"), List.of("payments"));
    public volatile List<String> protectedBy = List.of();
    public volatile Optional<String> secondPerson = Optional.empty();
    public volatile Map<EnforcerName, String> hindered = Map.of();
    public volatile Map<EnforcerName, String> laws = Map.of();
    public volatile boolean viewsAway;
    public volatile Optional<String> frozen = Optional.empty();

    @Override
    public Outcome send(Command command, Origin origin) {
        beforeAnswer.run();
        sent.add(new Sent(command, origin));
        return outcome;
    }

    @Override
    public Drawn draw(Ask ask) {
        beforeAnswer.run();
        return new Drawn(ContainmentId.of(ask, 0), plan(ask), laws);
    }

    public Plan plan(Ask ask) {
        var part =
                new Part(
                        EnforcerName.parse("host/web-1"),
                        List.of(new Subject.WholeHost()),
                        List.of(CidrBlock.parse("203.0.113.0/24")));
        var gap = new Gap("payments/batch", "it runs where no enforcer is enrolled");
        return new Plan(ask, List.of(part), List.of(gap), reach, protectedBy);
    }

    public ContainmentReading reading(State state) {
        var part =
                new ContainmentReading.Part(
                        EnforcerName.parse("host/web-1"),
                        PartState.VERIFIED,
                        "read back and probed",
                        List.of("raw sockets are not held"),
                        List.of(new Gap("shop/late in cgroup /late", "it lies elsewhere")),
                        new Sessions(2, 0));
        return new ContainmentReading(
                ID,
                ASK,
                state,
                "As it stands: %s.".formatted(state),
                new Reason("beaconing to <!channel> & co"),
                new IncidentId("Q1PX"),
                ANN.name(),
                NOW,
                Optional.of(NOW.plus(Duration.ofMinutes(30))),
                state.isOver() ? Optional.of(NOW.plusSeconds(60)) : Optional.empty(),
                plan(ASK).hash(),
                state == State.AWAITING_APPROVAL
                        ? Optional.of(
                                new ContainmentReading.Approval(
                                        "it touches 9 of 12 workloads", NOW.plusSeconds(600)))
                        : Optional.empty(),
                Optional.empty(),
                List.of(part),
                List.of(new Gap("payments/batch", "it runs where no enforcer is enrolled")),
                reach,
                Optional.of(reach));
    }

    public void isNow(State state) {
        readings.put(ID, reading(state));
    }

    @Override
    public List<ContainmentReading> running(int limit) {
        beforeAnswer.run();
        return readings.values().stream()
                .filter(each -> !each.state().isOver())
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<ContainmentReading> containment(ContainmentId id) {
        return Optional.ofNullable(readings.get(id));
    }

    @Override
    public List<String> enforcers(int limit) {
        return List.of("host/web-1  connected");
    }

    @Override
    public List<String> responders(int limit) {
        return new ArrayList<>();
    }

    @Override
    public List<String> workloads(int limit) {
        return List.of("payments/checkout  production");
    }

    @Override
    public Optional<String> frozenBecause() {
        return frozen;
    }

    @Override
    public Optional<String> secondPerson(Plan plan, Responder by) {
        return secondPerson;
    }

    @Override
    public Map<EnforcerName, String> hindered(Collection<EnforcerName> enforcers) {
        if (viewsAway) {
            throw new Unavailable("away", new IllegalStateException());
        }
        return hindered;
    }

    @Override
    public boolean awaitPosition(long position, Duration atMost) {
        return true;
    }

    public Conversation conversation() {
        return new Conversation(this, this, this);
    }
}
