package dev.firebreak.bench.kernel;

import dev.firebreak.bench.Bench;
import dev.firebreak.bench.Run;
import dev.firebreak.bench.measure.Contest;
import dev.firebreak.bench.measure.Goal;
import dev.firebreak.bench.measure.Line;
import dev.firebreak.bench.measure.Sample;
import dev.firebreak.bench.measure.Scores;
import dev.firebreak.hostagent.kernel.KernelEnforcer;
import dev.firebreak.hostagent.kernel.PacketMeter;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/// G7: what a packet that is let through pays, by the number of denies that are held.
public final class PacketBench implements Bench {

    private static final String OURS = "ours";
    private static final String FLOOR = "one lookup";
    private static final List<Integer> DENIES = List.of(0, 10, 1_000, 50_000);
    private static final int REPEAT = 100_000;
    private static final int PORT = 443;
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(10);

    @Override
    public String name() {
        return "packet";
    }

    @Override
    public String about() {
        return "G7, one packet of an allowed session, by BPF_PROG_TEST_RUN, against a program that"
                + " looks up one key";
    }

    @Override
    public void run(Run run) throws Exception {
        var obstacle = Denies.obstacle();
        if (obstacle.isPresent()) {
            run.report().note("not measured: " + obstacle.get());
            return;
        }
        try (var enforcer = Denies.enforcer()) {
            try (var meter = PacketMeter.over(enforcer)) {
                measure(run, enforcer, meter);
            } finally {
                enforcer.remove();
            }
        }
    }

    private void measure(Run run, KernelEnforcer enforcer, PacketMeter meter) throws Exception {
        run.report().head();
        var held = 0;
        for (var denies : DENIES) {
            for (; held < denies; held++) {
                Denies.demand(enforcer.put(Denies.udp(held, LONG_ENOUGH)));
            }
            var scores = contest(run, meter);
            run.report().keep(name(), denies + " denies", scores);
            tell(run, denies, scores);
        }
    }

    private static Scores contest(Run run, PacketMeter meter) throws Exception {
        var peer = peer();
        return new Contest()
                .with(FLOOR, () -> Sample.of(meter.minimal(peer, PORT, REPEAT)))
                .with(OURS, () -> Sample.of(meter.ours(peer, PORT, REPEAT)))
                .run(run.rounds());
    }

    private static Inet4Address peer() throws IOException {
        return (Inet4Address) InetAddress.getByAddress(new byte[] {(byte) 203, 0, 113, 9});
    }

    private static void tell(Run run, int denies, Scores scores) {
        run.report()
                .line(
                        new Line(
                                "packet, %,d denies held".formatted(denies),
                                "%.0f ns".formatted(scores.values(OURS).median()),
                                "%.0f ns".formatted(scores.values(FLOOR).median()),
                                scores.ratio(OURS, FLOOR),
                                denies == 0 ? new Goal.AtMost(1.1) : new Goal.None(),
                                scores.load()));
    }
}
