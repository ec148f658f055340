package dev.firebreak.bench.demo;

import dev.firebreak.bench.instance.Corner;
import dev.firebreak.bench.instance.Service;
import dev.firebreak.bench.instance.Undo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `firebreak demo`: a real containment on this machine, step by step.
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Walks a real containment on this machine and explains each step, in about a minute."
                    + " Needs root for the part that happens in the kernel, and says so without."
                    + " Uses a temporary directory and removes all of it, also on Ctrl-C.%n"
        })
public final class DemoCommand implements Callable<Integer> {

    private static final String HOST = "firebreak-demo";

    @Override
    public Integer call() throws Exception {
        var teller = new Teller(System.out);
        try (var undo = new Undo()) {
            // PostgreSQL's own account has to reach what is its own.
            var passable =
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx--x--x"));
            var directory = Files.createTempDirectory("firebreak-demo-", passable);
            undo.addDeletion(directory);
            var corner = Corner.of(HOST, undo);
            teller.aside(
                    "A containment from start to end, on this machine, for real. It takes about a"
                            + " minute, uses nothing of yours, and leaves no deny and no process behind; Ctrl-C ends"
                            + " it cleanly. Times are UTC.");
            if (!corner.hasKernel()) {
                teller.aside(
                        "This is not root on a Linux that can enforce, so the part that happens in the"
                                + " kernel is left out; the end says why.");
            }
            new Demo(setup(directory, corner), corner, undo, teller).run();
        }
        teller.step(
                "Cleaned up",
                "What this demo started is gone, and so is what it made, but, where the kernel took"
                        + " part, for an empty directory in its bpf file system and an empty lock file"
                        + " in /run/firebreak.");
        return 0;
    }

    /// A name and a corner of its own, so that a Firebreak that already runs here is not touched.
    private static Service.Setup setup(Path directory, Corner corner) {
        var environment = new HashMap<>(corner.environment());
        environment.put("FIREBREAK_LIMITS_ADMIN_SHORTEST", "10s");
        var options = corner.hasKernel() ? List.<String>of() : List.of("--without-local-enforcer");
        return Service.Setup.on(
                Path.of(System.getProperty("firebreak.home", ".")),
                directory.resolve("data"),
                options,
                environment);
    }
}
