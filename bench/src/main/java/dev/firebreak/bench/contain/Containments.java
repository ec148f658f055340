package dev.firebreak.bench.contain;

import dev.firebreak.bench.instance.Corner;
import dev.firebreak.bench.instance.Rest;
import dev.firebreak.bench.instance.Service;
import dev.firebreak.bench.measure.Sample;
import dev.firebreak.eventlog.log.Following;
import dev.firebreak.eventlog.log.PostgresLog;
import dev.firebreak.eventlog.term.ContainmentId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;
import org.postgresql.ds.PGSimpleDataSource;

/// A workload that is contained again and again, each time from another peer.
final class Containments implements AutoCloseable {

    private static final String WORKLOAD = "bench/contained";
    private static final Pattern ID = Pattern.compile("C-[0-9A-HJKMNP-TV-Z]{7}");
    private static final Duration CONNECTED_WITHIN = Duration.ofMinutes(1);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final SlackDoor slack;
    private final PGSimpleDataSource owner;
    private final PostgresLog log;
    private final Watcher watcher = new Watcher();
    private final Following following;
    private final Histogram durable = Sample.histogram();
    private int count;

    private Containments(SlackDoor slack, PGSimpleDataSource owner) {
        this.slack = slack;
        this.owner = owner;
        this.log = PostgresLog.open(owner);
        this.following = log.follow("bench", log.head(), watcher);
    }

    static Containments prepare(Service service, Service.Setup setup, Corner corner)
            throws IOException, InterruptedException {
        var cgroup = corner.directory("contained");
        Files.createDirectories(cgroup);
        var rest = service.rest();
        Responders.link(rest);
        rest.post(
                        "/api/v1/workloads",
                        """
                        {"workload": "%s", "environment": "bench", "owner": "nobody",
                         "placements": [{"kind": "cgroup", "host": "%s", "cgroup": "%s"}]}
                        """
                                .formatted(WORKLOAD, corner.host(), corner.cgroup("contained")))
                .demand("deploying " + WORKLOAD);
        awaitConnected(rest);
        return new Containments(new SlackDoor(setup.url(), Responders.SECRET), owner(setup.data()));
    }

    PGSimpleDataSource owner() {
        return owner;
    }

    /// Types it, looks at the plan, presses Apply; the time from the press, in nanoseconds. Returns
    /// when nothing of it is under way any more, or the next one would wait for this one's probe.
    long once() throws IOException, InterruptedException {
        count++;
        var plan =
                slack.type(
                                "contain %s --to cidr/2001:db8:%x::/64 --direction egress --ttl 1h --reason bench"
                                        .formatted(WORKLOAD, count))
                        .demand("typing contain");
        var ticket = SlackDoor.ticket(plan);
        var id = id(plan.body());
        var before = System.nanoTime();
        slack.press(ticket).demand("pressing Apply");
        var held = watcher.heldAt(id);
        durable.recordValue(watcher.orderedAt(id) - before);
        watcher.verifiedAt(id);
        return held - before;
    }

    /// How long it took until each was durable and seen, the first part of the way.
    Histogram durable() {
        return durable;
    }

    @Override
    public void close() {
        following.close();
        log.close();
    }

    private static ContainmentId id(String plan) {
        var match = ID.matcher(plan);
        if (!match.find()) {
            throw new IllegalStateException("no containment in: " + plan);
        }
        return new ContainmentId(match.group());
    }

    private static void awaitConnected(Rest rest) throws IOException, InterruptedException {
        var deadline = System.nanoTime() + CONNECTED_WITHIN.toNanos();
        while (!rest.get("/api/v1/enforcers").body().contains("\"connected\"")) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the local agent did not connect");
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    /// The embedded server's own files say where it is and how to get in.
    private static PGSimpleDataSource owner(Path data) throws IOException {
        var port = Files.readAllLines(data.resolve("postgres/postmaster.pid")).get(3).strip();
        var owner = new PGSimpleDataSource();
        owner.setUrl("jdbc:postgresql://127.0.0.1:%s/firebreak".formatted(port));
        owner.setUser("firebreak");
        owner.setPassword(Files.readString(data.resolve("postgres.password")).strip());
        return owner;
    }
}
