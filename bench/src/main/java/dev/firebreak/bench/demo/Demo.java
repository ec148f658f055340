package dev.firebreak.bench.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firebreak.bench.instance.Corner;
import dev.firebreak.bench.instance.Rest;
import dev.firebreak.bench.instance.Service;
import dev.firebreak.bench.instance.Undo;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/// The walk through a real containment.
final class Demo {

    /// Long enough to see it hold without anybody, short enough to wait for.
    private static final int TTL_SECONDS = 25;

    private static final Duration SETTLED_WITHIN = Duration.ofSeconds(40);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final Duration TELL_EVERY = Duration.ofSeconds(5);

    private final Service.Setup setup;
    private final Corner corner;
    private final Undo undo;
    private final Teller teller;

    Demo(Service.Setup setup, Corner corner, Undo undo, Teller teller) {
        this.setup = setup;
        this.corner = corner;
        this.undo = undo;
        this.teller = teller;
    }

    void run() throws IOException, InterruptedException {
        var traffic = workloads();
        undo.add(corner::sweepKernel);
        var service = firebreak();
        var rest = service.rest();
        deploy(rest);
        if (!corner.hasKernel()) {
            planOnly(rest, traffic);
            service.close();
            return;
        }
        awaitEnforcer(rest);
        flow(traffic);
        var containment = contain(rest, traffic);
        cut(traffic);
        kill(service);
        alone(traffic, Instant.parse(containment.path("expiresAt").asText()));
        replay(containment.path("id").asText());
    }

    private Traffic workloads() throws IOException {
        teller.step(
                "Two throw-away workloads",
                "shop/checkout talks to shop/ledger on this machine. Each is a small process"
                        + (corner.hasKernel()
                                ? " in a cgroup of its own, as a container or a systemd service is."
                                : "; in cgroups of their own they would be, as root."));
        var ledger = workload("ledger");
        var checkout = workload("checkout");
        var traffic = Traffic.between(checkout, ledger);
        teller.seen(
                "shop/ledger listens on 127.0.0.1, ports %d and %d; shop/checkout has opened a session"
                        .formatted(traffic.ledger(), traffic.other()));
        return traffic;
    }

    private Workload workload(String name) throws IOException {
        return corner.hasKernel()
                ? Workload.start(corner.directory(name), undo)
                : Workload.startOutside(undo);
    }

    private Service firebreak() throws IOException, InterruptedException {
        teller.step(
                "Firebreak starts",
                corner.hasKernel()
                        ? "The service, a PostgreSQL of its own, and the agent that enforces on this"
                                + " machine, all on a temporary directory."
                        : "The service and a PostgreSQL of its own, on a temporary directory; without"
                                + " the agent, which needs root.");
        teller.typed("./firebreak up --data %s --port %d".formatted(setup.data(), setup.port()));
        teller.seen(
                "waiting for PostgreSQL to be made, the log to be read and the doors to open: some"
                        + " seconds, on a busy machine a minute");
        var service = Service.start(setup, undo);
        teller.seen("ready at " + setup.url());
        return service;
    }

    private void deploy(Rest rest) throws IOException, InterruptedException {
        teller.step(
                "Both are deployed",
                "Firebreak is told where they run. That is an event in its log, like everything else.");
        for (var name : new String[] {"checkout", "ledger"}) {
            teller.typed(
                    "./firebreak deploy shop/%s --env demo --host %s --cgroup %s"
                            .formatted(name, corner.host(), corner.cgroup(name)));
            rest.post(
                            "/api/v1/workloads",
                            """
                            {"workload": "shop/%s", "environment": "demo", "owner": "demo",
                             "placements": [{"kind": "cgroup", "host": "%s", "cgroup": "%s"}]}
                            """
                                    .formatted(name, corner.host(), corner.cgroup(name)))
                    .demand("deploying shop/" + name);
        }
        teller.seen("recorded");
    }

    /// What can be shown where the kernel cannot be asked.
    private void planOnly(Rest rest, Traffic traffic) throws IOException, InterruptedException {
        teller.step(
                "What containing would come to",
                "A plan changes nothing. It says who would hold the deny, and what nobody can hold.");
        var plan = rest.post("/api/v1/plans", ask(traffic, "")).demand("drawing the plan").json();
        plan.path("gaps")
                .forEach(gap ->
                        teller.seen(
                                "cannot be held: %s, because %s"
                                        .formatted(
                                                gap.path("what").asText(),
                                                gap.path("why").asText())));
        teller.step(
                "Not shown here",
                "The cut itself, the dead session, the deny that outlives its makers, and its end:"
                        + " they happen in the kernel, and that was not possible, because "
                        + String.join("; ", corner.obstacles())
                        + ".");
        teller.typed("sudo ./firebreak demo");
    }

    private void awaitEnforcer(Rest rest) throws IOException, InterruptedException {
        teller.seen("waiting for the agent of this machine: it loads its program and dials in");
        await(
                "the local agent did not connect",
                () -> {
                    var enforcers =
                            rest.get("/api/v1/enforcers").demand("listing the enforcers").json();
                    return !enforcers.isEmpty()
                            && enforcers.get(0).path("state").asText().equals("connected");
                });
        teller.seen("the agent of this machine is enrolled and connected: host/" + corner.host());
    }

    private void flow(Traffic traffic) {
        teller.step("Traffic flows", "Nothing is denied yet; this is how it should look in peace.");
        traffic.show(teller);
    }

    private JsonNode contain(Rest rest, Traffic traffic) throws IOException, InterruptedException {
        teller.step(
                "shop/checkout is contained",
                "Say it was compromised. It may no longer reach the ledger's first port; the deny has"
                        + " a reason, an owner and an end, here after %d seconds."
                                .formatted(TTL_SECONDS));
        teller.typed(
                "./firebreak contain shop/checkout --to cidr/127.0.0.1/32 --direction egress --ports %d/tcp --ttl %ds --reason \"leaks cards\""
                        .formatted(traffic.ledger(), TTL_SECONDS));
        var begun = System.nanoTime();
        var view =
                rest.post(
                                "/api/v1/containments",
                                ask(
                                        traffic,
                                        ", \"ttl\": \"%ds\", \"reason\": \"leaks cards\""
                                                .formatted(TTL_SECONDS)))
                        .demand("containing")
                        .json();
        var path = "/api/v1/containments/" + view.path("id").asText();
        await(
                "it was not contained",
                () -> rest.get(path).json().path("state").asText().equals("contained"));
        var contained = rest.get(path).json();
        teller.seen(
                "%s after %d ms: %s"
                        .formatted(
                                contained.path("id").asText(),
                                Duration.ofNanos(System.nanoTime() - begun).toMillis(),
                                contained.path("stateText").asText()));
        contained
                .path("parts")
                .forEach(part ->
                        teller.seen(
                                "%s: %s"
                                        .formatted(
                                                part.path("enforcer").asText(),
                                                part.path("sentence").asText())));
        return contained;
    }

    private static String ask(Traffic traffic, String more) {
        return """
        {"subject": "shop/checkout", "peer": "cidr/127.0.0.1/32", "direction": "egress",
         "ports": "%d/tcp"%s}
        """
                .formatted(traffic.ledger(), more);
    }

    private void cut(Traffic traffic) {
        teller.step(
                "The cut, as the workload sees it",
                "New connections fail at once, the open session is dead, and what nobody asked to cut"
                        + " still works.");
        traffic.show(teller);
    }

    private void kill(Service service) {
        teller.step(
                "Every Firebreak process is killed",
                "kill -9 of the service, its PostgreSQL and its agent: nobody is left to keep the deny,"
                        + " and nobody to end it.");
        var all = service.all();
        service.killAll();
        teller.seen(
                "%d processes killed, %d of them still there"
                        .formatted(
                                all.size(), all.stream().filter(ProcessHandle::isAlive).count()));
    }

    private void alone(Traffic traffic, Instant end) {
        teller.step(
                "The kernel keeps the deny, and ends it",
                "The deny and its end are in the kernel. Its end is %s UTC; a connection is tried again and again."
                        .formatted(Teller.time(end)));
        var told = System.nanoTime();
        teller.seen("still refused, with nobody there");
        while (!traffic.connects()) {
            if (System.nanoTime() - told > TELL_EVERY.toNanos()) {
                told = System.nanoTime();
                teller.seen("still refused");
            }
            if (Instant.now().isAfter(end.plus(SETTLED_WITHIN))) {
                throw new IllegalStateException("the deny did not end");
            }
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
        var late = Duration.between(end, Instant.now()).toMillis();
        teller.seen("let through again by itself, %d ms after its end".formatted(late));
        traffic.show(teller);
    }

    private void replay(String containment) throws IOException, InterruptedException {
        teller.step(
                "Firebreak starts again, and tells what happened",
                "The log survived the kill. Whatever was due meanwhile is made up for, and the whole"
                        + " story is read back from the log.");
        teller.seen("waiting until it is ready again");
        try (var service = Service.start(setup, undo)) {
            var rest = service.rest();
            var path = "/api/v1/containments/" + containment;
            await(
                    "it did not come to its end in the log",
                    () -> rest.get(path).json().path("state").asText().equals("ended"));
            teller.typed("./firebreak replay " + containment);
            rest.get(path + "/timeline")
                    .demand("replaying")
                    .json()
                    .forEach(line ->
                            teller.recorded(
                                    Instant.parse(line.path("at").asText()),
                                    line.path("sentence").asText()));
        }
    }

    private interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    private static void await(String otherwise, Condition condition)
            throws IOException, InterruptedException {
        var deadline = System.nanoTime() + SETTLED_WITHIN.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "%s within %d seconds".formatted(otherwise, SETTLED_WITHIN.toSeconds()));
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }
}
