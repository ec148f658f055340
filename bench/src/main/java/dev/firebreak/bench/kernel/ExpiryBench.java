package dev.firebreak.bench.kernel;

import dev.firebreak.bench.Bench;
import dev.firebreak.bench.Run;
import dev.firebreak.bench.measure.Load;
import dev.firebreak.bench.measure.Sample;
import dev.firebreak.hostagent.kernel.KernelEnforcer;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// G4, the kernel's own part: how exactly a deny ends when nobody is there to end it.
public final class ExpiryBench implements Bench {

    private static final int DENIES = 300;
    private static final Duration FIRST = Duration.ofSeconds(3);
    private static final Duration APART = Duration.ofMillis(10);
    private static final Duration LOOK_BEFORE = Duration.ofMillis(2);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final double LATE_BOUND_MILLIS = 20;

    @Override
    public String name() {
        return "expiry";
    }

    @Override
    public String about() {
        return "G4, %d denies end in the kernel, one every %d ms, their enforcer gone"
                .formatted(DENIES, APART.toMillis());
    }

    @Override
    public void run(Run run) throws Exception {
        var obstacle = Denies.obstacle();
        if (obstacle.isPresent()) {
            run.report().note("not measured: " + obstacle.get());
            return;
        }
        try {
            measure(run, leaveBehind());
        } finally {
            Denies.enforcer().remove();
        }
    }

    /// Puts the denies and closes the enforcer, as if it had died: the kernel is alone with them.
    private static List<Long> leaveBehind() {
        try (var enforcer = Denies.enforcer()) {
            var first = KernelEnforcer.bootNanos() + FIRST.toNanos();
            var ends = new ArrayList<Long>();
            for (var number = 0; number < DENIES; number++) {
                var end = first + number * APART.toNanos();
                Denies.demand(enforcer.putUntil(Denies.udp(number, FIRST), end));
                ends.add(end);
            }
            return ends;
        }
    }

    private static void measure(Run run, List<Long> ends) throws Exception {
        var load = Load.begin();
        var lapses = new ArrayList<Lapse>();
        var open = 0;
        for (var number = 0; number < ends.size(); number++) {
            var end = ends.get(number);
            if (Lapse.passes(new InetSocketAddress(Denies.address(number), Denies.PORT))
                    && KernelEnforcer.bootNanos() < end) {
                open++;
            }
            sleepUntil(end - LOOK_BEFORE.toNanos());
            lapses.add(Lapse.watch(Denies.address(number), end, PATIENCE.toNanos()));
        }
        tell(run, lapses, open, load.end());
    }

    private static void tell(Run run, List<Lapse> lapses, int open, Load.Seen load) {
        var atMost = Sample.histogram();
        var certain = Sample.histogram();
        lapses.forEach(lapse -> {
            atMost.recordValue(Math.max(1, lapse.lateAtMost()));
            certain.recordValue(Math.max(1, lapse.lateForCertain()));
        });
        run.report()
                .note(
                        "late for certain: p50 %.3f ms, p99.9 %.3f ms (goal: p99.9 ≤ %.0f ms); load %s"
                                .formatted(
                                        Sample.millis(certain, 50),
                                        Sample.millis(certain, 99.9),
                                        LATE_BOUND_MILLIS,
                                        load.text()));
        run.report()
                .note(
                        "late at most:     p50 %.3f ms, p99.9 %.3f ms, with the wait of whoever looked"
                                .formatted(Sample.millis(atMost, 50), Sample.millis(atMost, 99.9)));
        run.report()
                .note(
                        "seen open before the end: %d of %d while they waited, %d when they ended (goal: 0)"
                                .formatted(
                                        open,
                                        DENIES,
                                        lapses.stream().filter(Lapse::early).count()));
    }

    private static void sleepUntil(long bootNanos) throws InterruptedException {
        var left = bootNanos - KernelEnforcer.bootNanos();
        if (left > 0) {
            Thread.sleep(Duration.ofNanos(left));
        }
    }
}
