package dev.firebreak.bench.contain;

import dev.firebreak.bench.Bench;
import dev.firebreak.bench.Run;
import dev.firebreak.bench.instance.Corner;
import dev.firebreak.bench.instance.Service;
import dev.firebreak.bench.instance.Undo;
import dev.firebreak.bench.measure.Contest;
import dev.firebreak.bench.measure.Goal;
import dev.firebreak.bench.measure.Line;
import dev.firebreak.bench.measure.Sample;
import dev.firebreak.bench.measure.Scores;
import dev.firebreak.hostagent.kernel.KernelEnforcer;
import dev.firebreak.hostagent.kernel.PacketMeter;
import dev.firebreak.hostagent.kernel.Placement;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;

/// G1: a signed command, authorised, durable, pushed over mutual TLS, held by the kernel, read
/// back, acknowledged; seen by somebody who reads the log from outside.
public final class ContainBench implements Bench {

    private static final String HOST = "firebreak-bench";
    private static final String FLOOR_ENFORCER = "host/firebreak-bench-floor";
    private static final String OURS = "ours";
    private static final String FLOOR = "floor";
    private static final int FLOORS_A_TURN = 200;
    private static final int CONTAINMENTS_A_TURN = 12;

    /// So many before anything is measured: a service in use is not cold.
    private static final int WARMING = 200;

    @Override
    public String name() {
        return "contain";
    }

    @Override
    public String about() {
        return "G1, from the signed press of Apply to acknowledged by the kernel, against a one-row"
                + " commit, a map write and a loopback echo";
    }

    @Override
    public void run(Run run) throws Exception {
        try (var undo = new Undo()) {
            var passable =
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx--x--x"));
            var directory = Files.createTempDirectory(run.disk(), "firebreak-bench-", passable);
            undo.addDeletion(directory);
            var corner = Corner.of(HOST, undo);
            if (!corner.hasKernel()) {
                run.report().note("not measured: " + String.join("; ", corner.obstacles()));
                return;
            }
            undo.add(corner::sweepKernel);
            var environment = new HashMap<>(corner.environment());
            environment.put("FIREBREAK_SLACK_SIGNING_SECRET", Responders.SECRET);
            var setup =
                    Service.Setup.on(run.home(), directory.resolve("data"), List.of(), environment);
            measure(run, setup, corner, undo);
        }
    }

    private void measure(Run run, Service.Setup setup, Corner corner, Undo undo) throws Exception {
        var launched = System.nanoTime();
        try (var service = Service.start(setup, undo)) {
            Footprint.tell(run.report(), service, System.nanoTime() - launched);
            try (var enforcer = KernelEnforcer.open(Placement.wholeMachine(FLOOR_ENFORCER));
                    var kernel = PacketMeter.over(enforcer);
                    var containments = Containments.prepare(service, setup, corner);
                    var floor = new Floor(containments.owner(), kernel)) {
                try {
                    contest(run, containments, floor);
                } finally {
                    enforcer.remove();
                }
            }
        }
    }

    private void contest(Run run, Containments containments, Floor floor) throws Exception {
        var cold = timed(1, containments::once).times();
        timed(WARMING, containments::once);
        containments.durable().reset();
        var scores =
                new Contest()
                        .with(
                                FLOOR,
                                () ->
                                        timed(
                                                FLOORS_A_TURN,
                                                () -> {
                                                    var before = System.nanoTime();
                                                    floor.once();
                                                    return System.nanoTime() - before;
                                                }))
                        .with(OURS, () -> timed(CONTAINMENTS_A_TURN, containments::once))
                        .run(run.rounds());
        run.report().keep(name(), "one enforcer", scores);
        run.report().head();
        tell(run, scores, 50, new Goal.AtMost(1.5));
        tell(run, scores, 99, new Goal.AtMost(2));
        run.report()
                .note(
                        "the first one after the start took %.0f ms; %d were done before measuring"
                                .formatted(Sample.millis(cold, 50), WARMING));
        run.report()
                .note(
                        "of ours, until it was authorised, durable and seen: p50 %.2f ms, p99 %.2f ms"
                                .formatted(
                                        Sample.millis(containments.durable(), 50),
                                        Sample.millis(containments.durable(), 99)));
    }

    private interface Timed {
        long nanos() throws Exception;
    }

    private static Sample timed(int times, Timed once) throws Exception {
        var histogram = Sample.histogram();
        for (var i = 0; i < times; i++) {
            histogram.recordValue(once.nanos());
        }
        return new Sample(Sample.millis(histogram, 50), histogram);
    }

    private static void tell(Run run, Scores scores, double percentile, Goal goal) {
        run.report()
                .line(
                        new Line(
                                "contain, p%.0f".formatted(percentile),
                                text(scores, OURS, percentile),
                                text(scores, FLOOR, percentile),
                                scores.ratioOfTimes(OURS, FLOOR, percentile),
                                goal,
                                scores.load()));
    }

    private static String text(Scores scores, String contestant, double percentile) {
        return "%.2f ms".formatted(Sample.millis(scores.times(contestant), percentile));
    }
}
