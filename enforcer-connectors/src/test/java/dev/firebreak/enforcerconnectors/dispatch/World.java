package dev.firebreak.enforcerconnectors.dispatch;

import dev.firebreak.commandside.command.Command;
import dev.firebreak.commandside.command.Commands;
import dev.firebreak.commandside.command.Origin;
import dev.firebreak.commandside.command.Outcome;
import dev.firebreak.commandside.containment.ContainmentCommand.RecordEnforcement;
import dev.firebreak.commandside.enforcer.EnforcerCommand.RecordSilence;
import dev.firebreak.enforcerconnectors.enforcer.Attachment;
import dev.firebreak.enforcerconnectors.enforcer.FakeEnforcer;
import dev.firebreak.eventlog.event.Event;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentExtended;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentLifted;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentOrdered;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentReleased;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentRequested;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.EnforcementReported;
import dev.firebreak.eventlog.event.containment.ReleaseCause;
import dev.firebreak.eventlog.event.deployment.DeploymentEvent.WorkloadDeployed;
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent.EnforcerConnected;
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent.EnforcerEnrolled;
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent.EnforcerSilent;
import dev.firebreak.eventlog.log.LogEntry;
import dev.firebreak.eventlog.log.Provenance;
import dev.firebreak.eventlog.term.Ask;
import dev.firebreak.eventlog.term.CgroupPath;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.Direction;
import dev.firebreak.eventlog.term.Effect;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.Environment;
import dev.firebreak.eventlog.term.HostName;
import dev.firebreak.eventlog.term.IncidentId;
import dev.firebreak.eventlog.term.Labels;
import dev.firebreak.eventlog.term.Part;
import dev.firebreak.eventlog.term.PartReport;
import dev.firebreak.eventlog.term.PartState;
import dev.firebreak.eventlog.term.Peer;
import dev.firebreak.eventlog.term.Placement;
import dev.firebreak.eventlog.term.Plan;
import dev.firebreak.eventlog.term.Ports;
import dev.firebreak.eventlog.term.Reach;
import dev.firebreak.eventlog.term.Reason;
import dev.firebreak.eventlog.term.ResponderName;
import dev.firebreak.eventlog.term.Scope;
import dev.firebreak.eventlog.term.Subject;
import dev.firebreak.eventlog.term.Surface;
import dev.firebreak.eventlog.term.Ttl;
import dev.firebreak.eventlog.term.WorkloadName;
import dev.firebreak.segmentation.LiveEstate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/// A log in memory, a dispatcher that follows it, and whoever decides, reduced to what a dispatcher
/// notices of them.
final class World implements Commands {

    static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

    private static final ResponderName ANN = new ResponderName("ann");

    final ManualTime time = new ManualTime(Instant.parse("2026-11-23T03:00:00Z"));
    final List<Command> commands = new ArrayList<>();
    final List<LogEntry> log = new ArrayList<>();
    final List<EnforcerName> silent = new ArrayList<>();
    final Set<EnforcerName> heardElsewhere = new HashSet<>();

    private final Random random;
    private LiveEstate estate = new LiveEstate();
    private Optional<Dispatcher> dispatcher = Optional.empty();
    private boolean logIsUp = true;

    World(long seed) {
        random = new Random(seed);
    }

    /// A first, or another, start of the service with the same log.
    void start() {
        start(DispatchSettings.DEFAULTS);
    }

    void start(DispatchSettings settings) {
        var fresh = new LiveEstate();
        fresh.take(log);
        estate = fresh;
        var listener =
                new DispatchListener() {
                    @Override
                    public void silent(EnforcerName enforcer) {
                        silent.add(enforcer);
                    }
                };
        var line = time.asLine();
        var started =
                new Dispatcher(
                        estate,
                        this,
                        time.clock(),
                        settings,
                        heardElsewhere::contains,
                        listener,
                        line,
                        Runnable::run,
                        random);
        dispatcher = Optional.of(started);
        started.begin();
        time.settle();
    }

    Dispatcher dispatcher() {
        return dispatcher.orElseThrow();
    }

    EnforcerName enrol(String host) {
        var name = EnforcerName.parse("host/" + host);
        append(
                new EnforcerEnrolled(
                        name, "c".repeat(64), time.now().plus(Duration.ofDays(1)), time.now()));
        return name;
    }

    void deploy(String workload, EnforcerName host, String cgroup) {
        append(
                new WorkloadDeployed(
                        WorkloadName.parse(workload),
                        new Environment("prod"),
                        "shop",
                        Labels.NONE,
                        List.of(
                                new Placement.OnHost(
                                        new HostName(host.name()), new CgroupPath(cgroup))),
                        ANN,
                        time.now()));
    }

    /// Its channel came up, at whichever replica.
    void connect(EnforcerName name) {
        append(
                new EnforcerConnected(
                        name, "c".repeat(64), "1.0", "6.12", "boot-1", List.of(), time.now()));
    }

    FakeEnforcer agent(EnforcerName name) {
        return new FakeEnforcer(name, time.clock());
    }

    Attachment attach(FakeEnforcer enforcer) {
        var attachment = dispatcher().attach(enforcer, enforcer.seen());
        time.settle();
        return attachment;
    }

    /// A containment of one host towards one address block.
    ContainmentId order(EnforcerName host, String block, Duration life) {
        return order(
                ask(Scope.parse("host/" + host.name()), Peer.parse("cidr/" + block)),
                List.of(host),
                life);
    }

    /// A containment of an address block, on everybody.
    ContainmentId orderEverywhere(String block, List<EnforcerName> hosts, Duration life) {
        return order(ask(Scope.parse("cidr/" + block), Peer.EVERYONE), hosts, life);
    }

    private static Ask ask(Scope subject, Peer peer) {
        return new Ask(Effect.DENY, subject, peer, Direction.BOTH, Ports.ALL, List.of());
    }

    private ContainmentId order(Ask ask, List<EnforcerName> hosts, Duration life) {
        var id = ContainmentId.of(ask, 0);
        var parts =
                hosts.stream()
                        .map(host -> new Part(host, List.of(new Subject.WholeHost()), List.of()))
                        .toList();
        var plan = new Plan(ask, parts, List.of(), reach(), List.of());
        append(
                new ContainmentRequested(
                        id,
                        plan,
                        new Ttl(life),
                        new Reason("beaconing"),
                        IncidentId.NONE,
                        ANN,
                        time.now()),
                new ContainmentOrdered(id, time.now().plus(life), 100, time.now()));
        return id;
    }

    void extend(ContainmentId id, Instant to) {
        append(new ContainmentExtended(id, to, new Reason("not done"), ANN, time.now()));
    }

    void release(ContainmentId id) {
        append(new ContainmentReleased(id, ReleaseCause.PERSON, "done", ANN, time.now()));
    }

    void append(Event... events) {
        var batch = new ArrayList<LogEntry>();
        for (var event : events) {
            var provenance = new Provenance(ANN, Surface.CLI, UUID.randomUUID(), UUID.randomUUID());
            var entry =
                    new LogEntry(log.size() + 1L, UUID.randomUUID(), event, provenance, time.now());
            log.add(entry);
            batch.add(entry);
        }
        estate.take(batch);
        dispatcher.ifPresent(following -> following.take(batch));
        time.settle();
    }

    void logIsUp(boolean up) {
        logIsUp = up;
    }

    /// What the log says of one enforcer's part.
    Optional<PartReport> told(ContainmentId id, EnforcerName enforcer) {
        return estate.read(all -> all.containment(id))
                .flatMap(known -> Optional.ofNullable(known.reports().get(enforcer)));
    }

    PartState state(ContainmentId id, EnforcerName enforcer) {
        return told(id, enforcer).map(PartReport::state).orElse(PartState.PENDING);
    }

    List<PartState> states(ContainmentId id, EnforcerName enforcer) {
        return commands.stream()
                .filter(RecordEnforcement.class::isInstance)
                .map(RecordEnforcement.class::cast)
                .filter(command -> command.containment().equals(id))
                .flatMap(command -> command.reports().stream())
                .filter(report -> report.enforcer().equals(enforcer))
                .map(PartReport::state)
                .toList();
    }

    @Override
    public Outcome send(Command command, Origin origin) {
        if (!logIsUp) {
            throw new IllegalStateException("The log is away");
        }
        commands.add(command);
        switch (command) {
            case RecordEnforcement(var id, var reports, var at) -> {
                append(new EnforcementReported(id, reports, at));
                if (reports.stream().allMatch(part -> part.state() == PartState.LIFTED)) {
                    append(new ContainmentLifted(id, at));
                }
            }
            case RecordSilence(var enforcer, var lastHeardAt, var at) ->
                    append(new EnforcerSilent(enforcer, lastHeardAt, at));
            default -> throw new IllegalStateException("The dispatcher never asks " + command);
        }
        return new Outcome.Accepted(command.target(), log.size());
    }

    private static Reach reach() {
        return new Reach(1, 1, List.of(), List.of());
    }
}
