package dev.firebreak.bench;

import dev.firebreak.bench.demo.DemoCommand;
import dev.firebreak.bench.instance.Undo;
import dev.firebreak.bench.soak.SoakCommand;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// What the launcher runs for `demo`, `bench` and `soak`.
@Command(
        name = "firebreak",
        mixinStandardHelpOptions = true,
        subcommands = {DemoCommand.class, BenchCommand.class, SoakCommand.class})
public final class Main {

    // Kept, or a collected logger would forget its level.
    private static final Logger ROOT = Logger.getLogger("");

    private static final int FAILED = 1;

    private Main() {}

    public static void main(String[] arguments) {
        Locale.setDefault(Locale.ROOT);
        ROOT.setLevel(Level.WARNING);
        System.exit(
                new CommandLine(new Main())
                        .setExecutionExceptionHandler((failure, _, _) -> failed(failure))
                        .execute(arguments));
    }

    /// A sentence is for people; what only a programmer understands keeps its trace.
    private static int failed(Exception failure) {
        if (Undo.isInterrupted()) {
            return FAILED;
        }
        if (failure instanceof IllegalStateException && failure.getCause() == null) {
            System.err.println("firebreak: " + failure.getMessage());
        } else {
            failure.printStackTrace();
        }
        return FAILED;
    }
}
