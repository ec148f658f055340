package dev.firebreak.bench.timers;

import dev.firebreak.bench.Bench;
import dev.firebreak.bench.Run;
import dev.firebreak.bench.measure.Contest;
import dev.firebreak.bench.measure.Goal;
import dev.firebreak.bench.measure.Line;
import dev.firebreak.bench.measure.Sample;
import dev.firebreak.bench.measure.Scores;
import dev.firebreak.bench.postgres.Server;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// G4, the timers' part: how late an alarm rings, and whether one ever rings early.
public final class TimersBench implements Bench {

    private static final String OURS = "alarms";
    private static final String POOL = "thread pool";
    private static final String QUARTZ = "Quartz JDBC";
    private static final int TIMERS_A_SECOND = 50;
    private static final int AT_ONCE = 10_000;
    private static final Duration AHEAD = Duration.ofMillis(500);

    @Override
    public String name() {
        return "release";
    }

    @Override
    public String about() {
        return "G4, %d timers a second, lateness against a thread pool in memory and against Quartz,"
                        .formatted(TIMERS_A_SECOND)
                + " JDBC store, clustered default, on the same PostgreSQL";
    }

    @Override
    public void run(Run run) throws Exception {
        try (var server = Server.start(run.disk());
                var quartz = QuartzTimers.start(server.database());
                var alarms = new AlarmTimers();
                var pool = new PoolTimers()) {
            run.report().head();
            spread(run, quartz, alarms, pool);
            atOnce(run, alarms, pool);
        }
    }

    private void spread(Run run, QuartzTimers quartz, AlarmTimers alarms, PoolTimers pool)
            throws Exception {
        var count = (int) Math.max(1, run.slice().toMillis() * TIMERS_A_SECOND / 1_000);
        var seed = new AtomicLong();
        var least = new AtomicLong(Long.MAX_VALUE);
        var scores =
                new Contest()
                        .with(POOL, () -> pool.run(timers(count, run, seed)).sample())
                        .with(OURS, () -> watched(alarms.run(timers(count, run, seed)), least))
                        .with(QUARTZ, () -> quartz.run(timers(count, run, seed)).sample())
                        .run(run.rounds());
        run.report().keep(name(), "spread", scores);
        tell(run, "alarms, p99 late, against pool", scores, POOL, new Goal.AtMost(1.5));
        tell(run, "alarms, p99 late, against Quartz", scores, QUARTZ, new Goal.AtMost(0.01));
        run.report()
                .note(
                        "least lateness of all our alarms: %.3f ms (goal: never below 0)"
                                .formatted(least.get() / 1e6));
    }

    private void atOnce(Run run, AlarmTimers alarms, PoolTimers pool) throws Exception {
        var least = new AtomicLong(Long.MAX_VALUE);
        var scores =
                new Contest()
                        .with(POOL, () -> last(pool.run(Timers.atOnce(AT_ONCE, AHEAD))))
                        .with(
                                OURS,
                                () -> {
                                    var lateness = alarms.run(Timers.atOnce(AT_ONCE, AHEAD));
                                    watched(lateness, least);
                                    return last(lateness);
                                })
                        .run(run.rounds());
        run.report().keep(name(), "at once", scores);
        run.report()
                .line(
                        new Line(
                                "%,d due at once, the last of them".formatted(AT_ONCE),
                                "%.1f ms".formatted(scores.values(OURS).median()),
                                "%.1f ms".formatted(scores.values(POOL).median()),
                                scores.ratio(OURS, POOL),
                                new Goal.None(),
                                scores.load()));
        run.report()
                .note("goal: within 1,000 ms; least lateness %.3f ms".formatted(least.get() / 1e6));
    }

    private static Timers timers(int count, Run run, AtomicLong seed) {
        return Timers.over(count, run.slice(), seed.incrementAndGet());
    }

    private static Sample watched(Timers.Lateness lateness, AtomicLong least) {
        least.accumulateAndGet(lateness.least(), Math::min);
        return lateness.sample();
    }

    private static Sample last(Timers.Lateness lateness) {
        var times = lateness.sample().times();
        return new Sample(times.getMaxValue() / 1e6, times);
    }

    private static void tell(Run run, String what, Scores scores, String floor, Goal goal) {
        run.report()
                .line(
                        new Line(
                                what,
                                text(scores, OURS),
                                text(scores, floor),
                                scores.ratio(OURS, floor),
                                goal,
                                scores.load()));
    }

    private static String text(Scores scores, String contestant) {
        var times = scores.times(contestant);
        return "%.1f/%.1f/%.1f ms"
                .formatted(
                        Sample.millis(times, 50),
                        Sample.millis(times, 99),
                        times.getMaxValue() / 1e6);
    }
}
