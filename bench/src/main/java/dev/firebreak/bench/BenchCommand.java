package dev.firebreak.bench;

import dev.firebreak.bench.append.AppendBench;
import dev.firebreak.bench.contain.ContainBench;
import dev.firebreak.bench.kernel.ExpiryBench;
import dev.firebreak.bench.kernel.PacketBench;
import dev.firebreak.bench.measure.Contest;
import dev.firebreak.bench.measure.Load;
import dev.firebreak.bench.measure.Report;
import dev.firebreak.bench.replay.ReplayBench;
import dev.firebreak.bench.timers.TimersBench;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `firebreak bench`: ours against the raw floor, by turns in one run.
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = {
            "Measures Firebreak against the raw floor in the same run and prints the median of paired ratios.",
            "docs/how-to/measure.md says what each line means.%n"
        })
final class BenchCommand implements Callable<Integer> {

    private static final List<Bench> BENCHES =
            List.of(
                    new AppendBench(),
                    new ReplayBench(),
                    new TimersBench(),
                    new ExpiryBench(),
                    new PacketBench(),
                    new ContainBench());

    private static final Map<String, Bench> BY_NAME =
            BENCHES.stream().collect(Collectors.toUnmodifiableMap(Bench::name, bench -> bench));

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "0..*",
            paramLabel = "NAME",
            description =
                    "Which benches: append, replay, release, expiry, packet, contain. All when none is named.")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--rounds",
            defaultValue = "9",
            paramLabel = "N",
            description = "Turns of each contestant (default and least: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--slice",
            defaultValue = "PT2S",
            paramLabel = "DURATION",
            description = "Length of a turn where it is free, as PT2S (default: ${DEFAULT-VALUE}).")
    private Duration slice = Duration.ofSeconds(2);

    @Option(
            names = "--data",
            defaultValue = "/var/tmp",
            paramLabel = "DIR",
            description =
                    "Where data goes for the time of the run; must be a disk (default: ${DEFAULT-VALUE}).")
    private Path data = Path.of("/var/tmp");

    @Override
    public Integer call() throws Exception {
        if (rounds < Contest.FEWEST_ROUNDS) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--rounds must be at least %d; fewer say nothing about the spread."
                            .formatted(Contest.FEWEST_ROUNDS));
        }
        var home = Path.of(System.getProperty("firebreak.home", "."));
        var report = new Report(System.out, home.resolve("bench").resolve("results"));
        var run = new Run(rounds, slice, data.toRealPath(), home, report);
        machine(report);
        for (var bench : chosen()) {
            report.title("%s: %s".formatted(bench.name(), bench.about()));
            bench.run(run);
        }
        return 0;
    }

    private List<Bench> chosen() {
        return names.isEmpty() ? BENCHES : names.stream().map(this::named).toList();
    }

    private Bench named(String name) {
        var bench = BY_NAME.get(name);
        if (bench == null) {
            var known = BENCHES.stream().map(Bench::name).collect(Collectors.joining(", "));
            throw new ParameterException(
                    spec.commandLine(), "No bench '%s'. There are: %s.".formatted(name, known));
        }
        return bench;
    }

    private static void machine(Report report) {
        report.title(
                "%s %s, %d processors, Java %s, load average %.1f"
                        .formatted(
                                System.getProperty("os.name"),
                                System.getProperty("os.version"),
                                Runtime.getRuntime().availableProcessors(),
                                Runtime.version(),
                                Load.average()));
        Stream.of(
                        "Ratios are ours/floor, paired by round; [IQR] is the span of their middle half.",
                        "contended: others kept more than %.1f processors busy, or stole them; such a run is not judged."
                                .formatted(Load.CONTENDED_ABOVE))
                .forEach(report::note);
    }
}
