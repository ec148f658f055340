package dev.firebreak.hostagent;

import dev.firebreak.hostagent.deny.Deny;
import dev.firebreak.hostagent.kernel.KernelEnforcer;
import dev.firebreak.hostagent.kernel.Repaired;
import dev.firebreak.hostagent.protocol.FromAgent;
import dev.firebreak.hostagent.protocol.FromService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/// The agent's time: frames in, frames out, and what has to be looked at again and again. One
/// thread owns the agent; a second one ends sessions, probes and syncs the state file, so that no
/// receipt waits for these.
///
/// Whatever goes wrong here is a fault of ours: the process is to end and to be started again; the
/// denies hold on.
final class AgentLoop implements AutoCloseable {

    /// A cgroup that comes back is covered within this, even when its event was missed.
    static final long LOOK_MILLIS = 200;

    static final long FLOWS_MILLIS = 1_000;

    /// The service may ask for more heartbeats than this, down to the least, never for fewer.
    static final long HEARTBEAT_MILLIS = 10_000;

    static final long LEAST_HEARTBEAT_MILLIS = 500;

    /// So many heartbeats follow each other at once when a connection was welcomed.
    static final int FIRST_BEATS = 5;

    /// Reads the whole table of rules, however often the heart beats.
    static final Duration REPAIR_EVERY = Duration.ofSeconds(10);

    private static final long OBSERVATION_GAP_NANOS = 1_000_000_000L;
    private static final int MOST_VERIFIED_AT_ONCE = 1_000;

    private final HostAgent agent;
    private final Verifier verifier;
    private final FlowReports flows;
    private final Consumer<FromAgent> outbox;
    private final AgentThreads threads;
    private final CgroupWatch watch = new CgroupWatch(() -> run(this::keepUp));
    private volatile Future<?> beating = CompletableFuture.completedFuture(null);
    private final Transit transit = new Transit();
    private final RepairReports repairs = new RepairReports();
    private boolean welcomed;
    private int toMeasure;
    private boolean changeUntold;
    private long lastTold = System.nanoTime() - OBSERVATION_GAP_NANOS;

    /// Of what is held by a change that was not told yet; told after it, never before.
    private final List<FromAgent> verifiedUntold = new ArrayList<>();

    AgentLoop(
            HostAgent agent,
            Verifier verifier,
            FlowReports flows,
            Consumer<FromAgent> outbox,
            Consumer<Throwable> broken) {
        this.agent = agent;
        this.verifier = verifier;
        this.flows = flows;
        this.outbox = outbox;
        this.threads = new AgentThreads(broken);
    }

    void start() {
        var _ = threads.every(LOOK_MILLIS, this::keepUp);
        var _ = threads.every(FLOWS_MILLIS, this::reportFlows);
        var _ = threads.every(REPAIR_EVERY.toMillis(), this::repair);
        beating = threads.every(HEARTBEAT_MILLIS, this::heartbeat);
        // What an earlier run left unfinished: sessions that came up while nobody looked.
        run(() -> {
            repaired(agent.kernel().repairedByOpening());
            verifyLater(agent.heldDenies());
        });
    }

    /// A connection is there: say who we are, what we hold, and what was not stored yet.
    void connected() {
        run(() -> {
            agent.hello().forEach(outbox);
            flows.again(System.nanoTime()).ifPresent(outbox);
        });
    }

    /// The connection ended: nothing is heard by anybody until the next welcome.
    void disconnected() {
        run(() -> {
            welcomed = false;
            repairs.lineEnded(System.nanoTime());
        });
    }

    void receive(FromService frame) {
        receive(frame, System.nanoTime());
    }

    /// What remains of a deny remains from when its plan was spoken.
    ///
    /// @param heard when the frame came, by [System#nanoTime]
    void receive(FromService frame, long heard) {
        // Read in this order: what passes between the two makes it later, and no deny end early.
        long ago = System.nanoTime() - heard;
        long heardSinceBoot = KernelEnforcer.bootNanos() - ago;
        run(() -> handle(frame, transit.spoken(frame.at(), heardSinceBoot)));
    }

    private void handle(FromService frame, long spoken) {
        switch (frame) {
            case FromService.Plan plan -> apply(plan, spoken);
            case FromService.Observe observe -> agent.observe(observe.request()).forEach(outbox);
            case FromService.FlowsStored stored -> flowsStored(stored);
            case FromService.Welcome welcome -> welcomed(welcome);
            case FromService.Tick _ -> measureWay();
            case FromService.Renew _, FromService.Unknown _ -> {}
        }
    }

    private void welcomed(FromService.Welcome welcome) {
        long asked =
                Math.clamp(welcome.heartbeatMillis(), LEAST_HEARTBEAT_MILLIS, HEARTBEAT_MILLIS);
        try {
            beating.cancel(false);
            beating = threads.every(asked, this::heartbeat);
            welcomed = true;
            toMeasure = FIRST_BEATS;
            measureWay();
        } catch (RejectedExecutionException closing) {
            // No heart beats after the end.
            return;
        }
    }

    /// The first frames of a connection are slow; a few more at once show how quick the way is.
    private void measureWay() {
        if (toMeasure > 0) {
            toMeasure--;
            heartbeat();
        }
    }

    private void apply(FromService.Plan plan, long spoken) {
        HostAgent.Applied applied = agent.apply(plan, spoken);
        outbox.accept(applied.receipt());
        lookWhereSubjectsAre();
        verifyLater(applied.toVerify());
        threads.later(agent::sync);
        Log.line(
                "plan",
                "generation",
                Long.toString(plan.generation()),
                "outcome",
                applied.receipt().code(),
                "puts",
                Integer.toString(plan.put().size()),
                "drops",
                Integer.toString(plan.drop().size()));
    }

    private void verifyLater(List<Deny> denies) {
        long generation = agent.kernel().generation();
        for (int at = 0; at < denies.size(); at += MOST_VERIFIED_AT_ONCE) {
            List<Deny> part =
                    denies.subList(at, Math.min(denies.size(), at + MOST_VERIFIED_AT_ONCE));
            threads.later(() -> {
                FromAgent verification = verifier.verify(generation, part);
                run(() -> say(verification));
            });
        }
    }

    private void say(FromAgent verification) {
        if (changeUntold) {
            verifiedUntold.add(verification);
        } else {
            outbox.accept(verification);
        }
    }

    private void keepUp() {
        HostAgent.Changes changes = agent.keepUp();
        if (changes.any()) {
            changeUntold = true;
            lookWhereSubjectsAre();
            verifyLater(changes.moved());
        }
        if (changeUntold && System.nanoTime() - lastTold >= OBSERVATION_GAP_NANOS) {
            changeUntold = false;
            lastTold = System.nanoTime();
            agent.observe(0).forEach(outbox);
            verifiedUntold.forEach(outbox);
            verifiedUntold.clear();
        }
    }

    private void lookWhereSubjectsAre() {
        watch.look(agent.subjectDirectories());
    }

    private void reportFlows() {
        flows.add(agent.drainFlows(), agent.drainLost(), System.nanoTime());
        flows.next(System.nanoTime()).ifPresent(outbox);
    }

    private void flowsStored(FromService.FlowsStored stored) {
        flows.stored(stored.sequence());
        flows.next(System.nanoTime()).ifPresent(outbox);
    }

    private void repair() {
        repaired(agent.repair());
        if (welcomed) {
            repairs.next(System.nanoTime()).ifPresent(outbox);
        }
    }

    private void repaired(Repaired repaired) {
        if (repaired.any()) {
            Log.line(
                    "kernel repaired",
                    "differences",
                    Integer.toString(repaired.differences()),
                    "denies",
                    String.join(",", repaired.denies()));
            repairs.add(repaired);
        }
    }

    private void heartbeat() {
        if (!agent.kernel().attached()) {
            throw new IllegalStateException(
                    "programs of this agent were detached by somebody else: not everything is sure to be held; the next start builds its installation anew");
        }
        if (!agent.kernel().pinned()) {
            // At once, and not by a new start: in between, what was unpinned would be gone.
            agent.kernel().pinAgain();
            Log.line("pinned again what somebody else had unpinned");
            repaired(new Repaired(1, List.of()));
        }
        outbox.accept(agent.heartbeat(flows.lostInAll()));
        threads.later(verifier::restWhenIdle);
    }

    private void run(Runnable task) {
        threads.run(task);
    }

    @Override
    public void close() {
        watch.close();
        threads.close();
    }
}
