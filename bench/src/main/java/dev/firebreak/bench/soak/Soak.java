package dev.firebreak.bench.soak;

import dev.firebreak.bench.instance.Rest;
import dev.firebreak.bench.instance.Service;
import dev.firebreak.bench.instance.Undo;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/// Load, kills and restarts, until enough were killed.
final class Soak {

    /// What is contained, again and again, where there is an enforcer.
    static final String CONTAINED = "soak/contained";

    private static final Duration PROGRESS_WITHIN = Duration.ofMinutes(3);
    private static final Duration ENFORCER_WITHIN = Duration.ofMinutes(1);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);
    private static final int TELL_EVERY = 10;

    /// So much is done at least between two kills.
    private static final int ACKNOWLEDGED_BETWEEN = 25;

    private final Service.Setup setup;
    private final Plan plan;
    private final Undo undo;
    private final PrintStream out;
    private final Ledger ledger = new Ledger();
    private final AtomicBoolean enough = new AtomicBoolean();
    private final SplittableRandom random;

    /// @param calm the longest stretch of undisturbed load between two kills
    record Plan(int kills, int clients, long seed, Duration calm) {}

    Soak(Service.Setup setup, Plan plan, Undo undo, PrintStream out) {
        this.setup = setup;
        this.plan = plan;
        this.undo = undo;
        this.out = out;
        this.random = new SplittableRandom(plan.seed());
    }

    /// The ledger of what was acknowledged; everything has ended when this returns.
    Ledger run() throws IOException, InterruptedException {
        var service = Service.start(setup, undo);
        try {
            var rest = service.rest();
            var contains = canContain(rest);
            out.println(
                    contains
                            ? "ready; deployments, containments and releases are asked for"
                            : "ready; there is no enforcer here, so only deployments are asked for");
            var clients = clients(rest, contains);
            service = kills(service);
            enough.set(true);
            for (var client : clients) {
                client.join();
            }
        } finally {
            enough.set(true);
            service.close();
        }
        return ledger;
    }

    private List<Thread> clients(Rest rest, boolean contains) {
        var threads = new ArrayList<Thread>();
        for (var number = 0; number < plan.clients(); number++) {
            var name = "%x-%d".formatted(plan.seed() & 0xffffff, number);
            var client = new Client(rest, name, random.split(), contains, ledger, enough);
            threads.add(Thread.ofPlatform().daemon().name("client-" + number).start(client));
        }
        return threads;
    }

    private Service kills(Service first) throws IOException, InterruptedException {
        var service = first;
        for (var kill = 1; kill <= plan.kills(); kill++) {
            awaitAcknowledgements();
            LockSupport.parkNanos(random.nextLong(plan.calm().toNanos()));
            var blow = Blow.random(random);
            while (!blow.strike(service, setup.data())) {
                LockSupport.parkNanos(LOOK_EVERY.toNanos());
            }
            if (blow.hitsService()) {
                service = Service.start(setup, undo);
            }
            if (kill % TELL_EVERY == 0 || kill == plan.kills()) {
                out.printf("kill %d of %d (the last: %s); %s%n", kill, plan.kills(), blow, ledger);
            }
        }
        awaitAcknowledgements();
        return service;
    }

    /// Without load between the kills the soak would test nothing.
    private void awaitAcknowledgements() {
        var before = ledger.size();
        var deadline = System.nanoTime() + PROGRESS_WITHIN.toNanos();
        while (ledger.size() < before + ACKNOWLEDGED_BETWEEN) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "hardly anything was acknowledged within %s; %s"
                                .formatted(PROGRESS_WITHIN, ledger));
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    /// A workload on this machine, if its own enforcer is there to hold something.
    private boolean canContain(Rest rest) throws IOException, InterruptedException {
        var deadline = System.nanoTime() + ENFORCER_WITHIN.toNanos();
        while (!setup.options().contains("--without-local-enforcer")
                && System.nanoTime() < deadline) {
            var enforcers = rest.get("/api/v1/enforcers").demand("listing the enforcers").json();
            if (!enforcers.isEmpty()
                    && !enforcers.get(0).path("state").asText().equals("offered")) {
                var name = enforcers.get(0).path("enforcer").asText();
                deploy(rest, name.substring(name.indexOf('/') + 1));
                return true;
            }
            LockSupport.parkNanos(Duration.ofMillis(250).toNanos());
        }
        return false;
    }

    private static void deploy(Rest rest, String host) throws IOException, InterruptedException {
        rest.post(
                        "/api/v1/workloads",
                        """
                        {"workload": "%s", "environment": "soak", "owner": "nobody",
                         "placements": [{"kind": "cgroup", "host": "%s", "cgroup": "/firebreak-soak/contained"}]}
                        """
                                .formatted(CONTAINED, host))
                .demand("deploying " + CONTAINED);
    }
}
