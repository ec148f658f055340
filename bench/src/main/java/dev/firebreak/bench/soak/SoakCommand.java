package dev.firebreak.bench.soak;

import dev.firebreak.bench.instance.Service;
import dev.firebreak.bench.instance.Undo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `firebreak soak`: kills at random under load, and counts what is lost.
@Command(
        name = "soak",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Runs Firebreak and its PostgreSQL on a throw-away directory, under load from several"
                    + " clients, kills them with -9 at random and starts them again. At the end every"
                    + " acknowledged command must be in the log, the chain of hashes must hold, and"
                    + " every view must equal a fold of the log.",
            "Exit code 0: nothing was lost; 1: something was, or it could not be told.%n"
        })
public final class SoakCommand implements Callable<Integer> {

    @Option(
            names = "--kills",
            defaultValue = "200",
            paramLabel = "N",
            description = "How often to kill (default: ${DEFAULT-VALUE}).")
    private int kills;

    @Option(
            names = "--clients",
            defaultValue = "6",
            paramLabel = "N",
            description = "How many ask at a time (default: ${DEFAULT-VALUE}).")
    private int clients;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "The same seed kills in the same order (default: by chance, printed).")
    private long seed = ThreadLocalRandom.current().nextLong(1L << 24);

    @Option(
            names = "--calm",
            defaultValue = "PT1.5S",
            paramLabel = "DURATION",
            description = "Longest stretch of load between two kills (default: ${DEFAULT-VALUE}).")
    private Duration calm = Duration.ofMillis(1_500);

    @Option(
            names = "--data",
            defaultValue = "/var/tmp",
            paramLabel = "DIR",
            description = "Where the throw-away directory is made (default: ${DEFAULT-VALUE}).")
    private Path data = Path.of("/var/tmp");

    @Option(
            names = "--without-local-enforcer",
            description = "No host agent; then there is nothing to contain with.")
    private boolean withoutLocalEnforcer;

    @Option(
            names = "--plant",
            defaultValue = "NOTHING",
            paramLabel = "HARM",
            description =
                    "Harm done on purpose before the verdict, to see it noticed: ${COMPLETION-CANDIDATES}.")
    private Plant plant = Plant.NOTHING;

    @Override
    public Integer call() throws Exception {
        // PostgreSQL's own account has to reach what is its own.
        var passable =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x"));
        var directory = Files.createTempDirectory(data.toRealPath(), "firebreak-soak-", passable);
        try (var undo = new Undo()) {
            undo.addDeletion(directory);
            System.out.printf(
                    "soak: %d kills, %d clients, seed %d, in %s%n",
                    kills, clients, seed, directory);
            var ledger = new Soak(setup(directory), plan(), undo, System.out).run();
            return tell(Verdict.over(directory.resolve("data"), ledger, plant));
        }
    }

    private Soak.Plan plan() {
        return new Soak.Plan(kills, clients, seed, calm);
    }

    private Service.Setup setup(Path directory) {
        var options = new ArrayList<String>();
        if (withoutLocalEnforcer) {
            options.add("--without-local-enforcer");
        }
        return Service.Setup.on(
                Path.of(System.getProperty("firebreak.home", ".")),
                directory.resolve("data"),
                List.copyOf(options),
                Map.of("FIREBREAK_LOCAL_ENFORCER_NAME", "firebreak-soak"));
    }

    private static int tell(Verdict verdict) {
        verdict.findings().forEach(finding -> System.out.println("  held: " + finding));
        verdict.violations().forEach(violation -> System.out.println("  VIOLATED: " + violation));
        System.out.println(
                verdict.violations().isEmpty()
                        ? "verdict: nothing was lost."
                        : "verdict: %d violations.".formatted(verdict.violations().size()));
        return verdict.violations().isEmpty() ? 0 : 1;
    }
}
